using System.ComponentModel;
using System.Diagnostics;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Launches the wrapper with <see cref="Process"/>.</summary>
/// <param name="time">Bounds the waits for a dying process.</param>
public sealed class SystemMediaProcessLauncher(TimeProvider time) : IMediaProcessLauncher
{
    /// <summary>How long the wrapper gets to kill what it started before it is killed with its children itself.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    /// <inheritdoc />
    public async Task<int> RunAsync(MediaLaunch launch, CancellationToken kill)
    {
        using Process process = Start(launch);
        Task pumps = Task.WhenAll(
            LinePump.RunAsync(process.StandardOutput.BaseStream, launch.OnOutputLine),
            LinePump.RunAsync(process.StandardError.BaseStream, launch.OnErrorLine));

        // The leash: the wrapper kills its process tree when this pipe ends. It ends by itself when this process dies.
        using (kill.Register(static state => Release((Process)state!), process))
        {
            await WaitAsync(process, kill).ConfigureAwait(false);
        }

        Release(process);

        // A process that got away from its group (only where there are no namespaces) may hold a pipe open for ever.
        await Task.WhenAny(pumps, Task.Delay(s_patience, time, CancellationToken.None)).ConfigureAwait(false);
        return process.ExitCode;
    }

    private static Process Start(MediaLaunch launch)
    {
        var info = new ProcessStartInfo(launch.Program, launch.Arguments)
        {
            WorkingDirectory = launch.WorkFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception failure)
        {
            throw new IOException($"The sandbox could not be launched: {failure.Message}", failure);
        }
    }

    private async Task WaitAsync(Process process, CancellationToken kill)
    {
        try
        {
            await process.WaitForExitAsync(kill).ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException)
        {
            // The wrapper is at it.
        }

        Task exit = process.WaitForExitAsync(CancellationToken.None);
        if (await Task.WhenAny(exit, Task.Delay(s_patience, time, CancellationToken.None)).ConfigureAwait(false) != exit)
        {
            process.Kill(entireProcessTree: true);
            await exit.ConfigureAwait(false);
        }
    }

    private static void Release(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has gone already.
        }
    }
}
