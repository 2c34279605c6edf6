using VodFunctions.Core.Probing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>
/// Tells a failure that will come again: an encoder that fails twice at the same place with the same words. Four attempts at
/// a file that crashes FFmpeg near its end would hold a slot for four times its length.
/// </summary>
/// <param name="documents">Remembers the failure before, beside the job's measurements.</param>
internal sealed class RepeatedFailure(IWorkStore documents)
{
    /// <summary>Progress is told twice a second, so that the place is known roughly.</summary>
    private const double SamePlace = 0.02;

    /// <summary>Whether the attempt before failed in the same way. Remembers this one.</summary>
    /// <param name="job">The job.</param>
    /// <param name="work">The work's name.</param>
    /// <param name="failure">What was thrown.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<bool> IsAsync(
        JobId job, string work, EncodeFailedException failure, CancellationToken cancellationToken)
    {
        if (failure.Reached is not { } reached)
        {
            return false;
        }

        string name = $"failed-{work.Replace('+', '_')}";
        Failure? before = await FindAsync(job, name, cancellationToken);
        await documents.PutAsync(job, name, new Failure(failure.Message, reached), cancellationToken);
        return before is not null && before.Words == failure.Message && Math.Abs(before.Reached - reached) <= SamePlace;
    }

    private async Task<Failure?> FindAsync(JobId job, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.GetAsync<Failure>(job, name, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private sealed record Failure(string Words, double Reached);
}
