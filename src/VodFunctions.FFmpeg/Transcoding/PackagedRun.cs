using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Runs ffmpeg and packages what it makes while it runs.</summary>
internal static class PackagedRun
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when ffmpeg has succeeded and all that it made was taken and stored.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="start">What to run.</param>
    /// <param name="packagers">A track each.</param>
    /// <param name="uploads">Where they put what is finished.</param>
    /// <param name="time">For the watch.</param>
    /// <param name="ended">Throws unless the run succeeded.</param>
    /// <param name="cancellationToken">Kills the process tree.</param>
    public static async Task RunAsync(
        IMediaProcessRunner runner, MediaProcessStart start, IReadOnlyList<ITrackPackager> packagers, SegmentUploads uploads,
        TimeProvider time, Action<MediaProcessResult> ended, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<MediaProcessResult> run = runner.RunAsync(start, stop.Token);
        try
        {
            while (!run.IsCompleted && !cancellationToken.IsCancellationRequested)
            {
                if (!await TakeAsync(packagers, cancellationToken))
                {
                    await Task.WhenAny(run, Task.Delay(s_poll, time, stop.Token));
                }
            }

            ended(await run);
            await TakeAsync(packagers, cancellationToken);
            await uploads.DrainAsync();
        }
        catch (InvalidDataException exception)
        {
            throw RunOutcome.SomethingElse(exception);
        }
        finally
        {
            // Whatever went wrong, the work folder is not removed under a running process.
            await stop.CancelAsync();
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> TakeAsync(IReadOnlyList<ITrackPackager> packagers, CancellationToken cancellationToken)
    {
        bool any = false;
        foreach (ITrackPackager packager in packagers)
        {
            any |= await packager.TakeAsync(cancellationToken);
        }

        return any;
    }
}
