using VodFunctions.Core.Probing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>What media activities have in common: the local copy, the watch, and failures that no retry mends.</summary>
/// <param name="records">For the watch.</param>
/// <param name="sources">Local copies.</param>
/// <param name="documents">Remembers failures.</param>
/// <param name="time">The clock.</param>
public sealed class MediaWorkbench(
    IVideoRecords records, ISourceCache sources, IWorkStore documents, TimeProvider time)
{
    private readonly RepeatedFailure _repeated = new(documents);

    /// <summary>Runs work on the local copy of a source.</summary>
    /// <param name="source">The content.</param>
    /// <param name="name">The work's name, unique in its job.</param>
    /// <param name="work">Gets the local path, the owner, and a token that is cancelled when the job ends early.</param>
    /// <param name="cancellationToken">The host's.</param>
    /// <returns>The work's error, one that no retry mends, or none. Everything else is thrown, to be retried.</returns>
    public async Task<JobError?> RunAsync(
        SourceRef source, string name, Func<string, UserId, CancellationToken, Task<JobError?>> work,
        CancellationToken cancellationToken)
    {
        if (source.ETag is null)
        {
            return new JobError(JobErrorCode.SourceGone, "There is no upload.");
        }

        await using JobWatch? watch = await JobWatch.StartAsync(records, source.Job, time, cancellationToken);
        if (watch is null)
        {
            return Abandoned();
        }

        try
        {
            await using ISourceLease lease = await sources.AcquireAsync(source.Job.VideoId, source.ETag, watch.Token);
            return await work(lease.Path, watch.Owner, watch.Token);
        }
        catch (OperationCanceledException) when (watch.JobHasEnded)
        {
            return Abandoned();
        }
        catch (EncodeFailedException failure)
        {
            if (await _repeated.IsAsync(source.Job, name, failure, watch.Token))
            {
                return new JobError(failure.Code, $"Twice: {failure.Message}");
            }

            throw;
        }
        catch (Exception exception) when (JobErrors.AsFinal(exception) is not null)
        {
            return JobErrors.AsFinal(exception);
        }
    }

    // Nobody reads it: the record of an ended attempt no longer changes.
    private static JobError Abandoned() => new(JobErrorCode.Internal, "The job has ended.");
}
