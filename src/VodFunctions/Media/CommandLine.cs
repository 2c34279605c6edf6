using System.Text;

namespace VodFunctions.Media;

/// <summary>
/// Writes a list of arguments as the one string that <see cref="System.Diagnostics.ProcessStartInfo.Arguments"/> takes, so
/// that every argument arrives as it was, whatever it holds. .NET reads it by the same rules on every system.
/// </summary>
internal static class CommandLine
{
    public static string Join(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));

    /// <summary>Whether an argument may stand between double quotes as it is, which is how FFMpegCore writes file names.</summary>
    public static bool IsPlain(string argument) => !argument.Contains('"') && !argument.EndsWith('\\');

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && !argument.Any(character => char.IsWhiteSpace(character) || character == '"'))
        {
            return argument;
        }

        // Backslashes mean themselves, but before a quote.
        var quoted = new StringBuilder("\"");
        int backslashes = 0;
        foreach (char character in argument)
        {
            if (character == '"')
            {
                quoted.Append('\\', backslashes + 1);
            }

            backslashes = character == '\\' ? backslashes + 1 : 0;
            quoted.Append(character);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
