namespace VodFunctions.Core.Problems;

/// <summary>Turns a store's complaint about a cursor into the caller's problem.</summary>
internal static class Cursors
{
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (FormatException)
        {
            throw new ProblemException(ProblemCode.InvalidRequest, "The cursor is not one that this API gave.");
        }
    }
}
