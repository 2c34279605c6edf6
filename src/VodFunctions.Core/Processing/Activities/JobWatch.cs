using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>
/// Watches the record while a long activity runs, because ending an orchestration does not end its activities: when the
/// video is deleted or the attempt has ended, <see cref="Token"/> is cancelled, and with it the process tree.
/// </summary>
internal sealed class JobWatch : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _token;
    private readonly Task _watching;

    private JobWatch(IVideoRecords records, JobId job, UserId owner, TimeProvider time, CancellationToken cancellationToken)
    {
        Owner = owner;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _token = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        _watching = WatchAsync(records, job, time);
    }

    /// <summary>Whose video it is.</summary>
    public UserId Owner { get; }

    /// <summary>Cancelled when the activity is to stop, for whichever reason.</summary>
    public CancellationToken Token => _token.Token;

    /// <summary>Whether the attempt has ended, so that nobody waits for the result.</summary>
    public bool JobHasEnded => _ended.IsCancellationRequested;

    /// <summary>Starts watching; null when the attempt has ended already.</summary>
    public static async Task<JobWatch?> StartAsync(
        IVideoRecords records, JobId job, TimeProvider time, CancellationToken cancellationToken)
    {
        VideoRecord? record = await records.FindAsync(job.VideoId, cancellationToken);
        return IsOpen(record, job) ? new JobWatch(records, job, record!.Owner, time, cancellationToken) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
        _token.Dispose();
        _ended.Dispose();
    }

    private static bool IsOpen(VideoRecord? record, JobId job) =>
        record is { IsDeleted: false, Job.Status: JobStatus.Pending } && record.Job.Attempt == job.Attempt;

    private async Task WatchAsync(IVideoRecords records, JobId job, TimeProvider time)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(_stop.Token);
                if (!IsOpen(await records.FindAsync(job.VideoId, _stop.Token), job))
                {
                    await _ended.CancelAsync();
                    return;
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The storage does not answer: the work goes on, and the next look tells.
            }
        }
    }
}
