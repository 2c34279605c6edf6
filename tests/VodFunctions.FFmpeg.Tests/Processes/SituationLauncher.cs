using System.Diagnostics;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Tests.Processes;

/// <summary>Launches the wrapper from within a situation.</summary>
internal sealed class SituationLauncher(Situation situation, string mountPoint) : IMediaProcessLauncher
{
    public async Task<int> RunAsync(MediaLaunch launch, CancellationToken kill)
    {
        using Process process = Start(launch.WorkFolder, [launch.Program, .. launch.Arguments]);
        Task<string> errors = process.StandardError.ReadToEndAsync(kill);
        while (await process.StandardOutput.ReadLineAsync(kill) is { } line)
        {
            launch.OnOutputLine(line);
        }

        await process.WaitForExitAsync(kill);
        launch.OnErrorLine(await errors);
        return process.ExitCode;
    }

    /// <summary>Starts a command in the situation, with standard input held open.</summary>
    public Process Start(string folder, params string[] command)
    {
        string[] words = [.. situation.Prefix(folder, mountPoint), .. command];
        return Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
