using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Videos;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Runs a program in the sandbox: the same limits, progress and errors whoever launches it.</summary>
/// <param name="launcher">Launches the wrapper.</param>
/// <param name="sandbox">Says how.</param>
/// <param name="time">Wall time.</param>
/// <param name="logger">Logs how runs end.</param>
public sealed class MediaProcessRunner(
    IMediaProcessLauncher launcher, MediaSandbox sandbox, TimeProvider time, ILogger<MediaProcessRunner> logger)
    : IMediaProcessRunner
{
    /// <summary>128 + SIGXFSZ: a single file went past <c>ulimit -f</c>.</summary>
    private const int FileTooLarge = 128 + 25;

    /// <summary>SIGXCPU: the soft limit of <c>ulimit -t</c>. FFmpeg takes it for a wish to stop, and ends with 255.</summary>
    private const int CpuTimeUsedUp = 24;

    private static readonly TimeSpan s_weighEvery = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    public async Task<MediaProcessResult> RunAsync(MediaProcessStart start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SandboxPlan plan = await sandbox.GetAsync(cancellationToken).ConfigureAwait(false);
        var tail = new ErrorTail(NamesOf(start, plan));
        using var ending = new RunEnding();
        var launch = new MediaLaunch(
            plan.WrapperFolder, start.Tool, SandboxCommand.Build(plan, start), start.WorkFolder,
            line => Hand(start.OnOutputLine, line, ending), tail.Add);

        long began = time.GetTimestamp();
        int code = await RunGuardedAsync(start, launch, ending, cancellationToken).ConfigureAwait(false);

        if (ending.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (ending.Why == RunEnding.Reason.Cancelled)
        {
            Log.RunCancelled(logger, start.Tool);
            throw new OperationCanceledException(cancellationToken);
        }

        if (code != 0 && tail.IsOfSandbox)
        {
            // No verdict on the file: the machine has changed since its abilities were found, or ran out of something.
            throw new MediaToolException(JobErrorCode.Internal, $"The sandbox around FFmpeg did not start: {tail}");
        }

        var result = new MediaProcessResult(EndOf(start, ending, code, tail), code, tail.ToString())
        {
            RefusedPicture = tail.RefusedPicture,
        };
        Log.RunEnded(logger, start.Tool, result.End, result.ExitCode, time.GetElapsedTime(began).TotalSeconds);
        return result;
    }

    private async Task<int> RunGuardedAsync(
        MediaProcessStart start, MediaLaunch launch, RunEnding ending, CancellationToken cancellationToken)
    {
        await using ITimer wall = time.CreateTimer(
            _ => ending.End(RunEnding.Reason.TimedOut), null, start.WallTime, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration cancelled =
            cancellationToken.Register(() => ending.End(RunEnding.Reason.Cancelled));
        using var weighing = new CancellationTokenSource();
        Task weigher = start.MaxWorkBytes is { } most
            ? WeighAsync(start.WorkFolder, most, ending, weighing.Token)
            : Task.CompletedTask;
        try
        {
            return await launcher.RunAsync(launch, ending.Kill).ConfigureAwait(false);
        }
        finally
        {
            await weighing.CancelAsync().ConfigureAwait(false);
            await weigher.ConfigureAwait(false);
        }
    }

    private async Task WeighAsync(string folder, long most, RunEnding ending, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(s_weighEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                if (WorkFolderSize.Measure(folder) > most)
                {
                    ending.End(RunEnding.Reason.OutputLimit);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private static MediaProcessEnd EndOf(MediaProcessStart start, RunEnding ending, int code, ErrorTail tail) => ending.Why switch
    {
        RunEnding.Reason.OutputLimit => MediaProcessEnd.OutputLimit,
        RunEnding.Reason.TimedOut => MediaProcessEnd.TimedOut,
        _ when start.MaxWorkBytes is { } most && (code == FileTooLarge || WorkFolderSize.Measure(start.WorkFolder) > most) =>
            MediaProcessEnd.OutputLimit,
        _ when start.MaxCpuTime is not null && (code == 128 + CpuTimeUsedUp || tail.StoppedBy == CpuTimeUsedUp) =>
            MediaProcessEnd.CpuLimit,
        _ => MediaProcessEnd.Exited,
    };

    private static void Hand(Action<string>? receiver, string line, RunEnding ending)
    {
        // After the first failure the caller hears no more; the pipe is drained all the same.
        if (receiver is null || ending.Failure is not null)
        {
            return;
        }

        try
        {
            receiver(line);
        }
        catch (Exception failure)
        {
            ending.End(failure);
        }
    }

    private static IEnumerable<(string Path, string Name)> NamesOf(MediaProcessStart start, SandboxPlan plan)
    {
        yield return (Path.TrimEndingDirectorySeparator(start.WorkFolder), "work");
        yield return (plan.WrapperFolder, "sandbox");
        foreach (string argument in start.Arguments.Where(Path.IsPathFullyQualified).Concat(SandboxCommand.NamesOfInputs))
        {
            yield return (argument, "source");
        }
    }
}
