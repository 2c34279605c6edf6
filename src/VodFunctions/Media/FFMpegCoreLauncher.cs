using System.ComponentModel;
using System.Globalization;
using System.Text;
using FFMpegCore;
using Instances.Exceptions;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.Media;

/// <summary>
/// Launches FFmpeg's sandbox wrapper by FFMpegCore. What FFMpegCore has no words for goes the system's own way: ffprobe
/// with our arguments, and FFmpeg without an input.
/// </summary>
public sealed class FFMpegCoreLauncher(SystemMediaProcessLauncher system) : IMediaProcessLauncher
{
    /// <summary>128 + SIGKILL: the wrapper had no time to say how it ended.</summary>
    private const int Killed = 137;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    /// <summary>With <c>-vod-report</c> the wrapper's last line of standard error: FFMpegCore keeps the code to itself.</summary>
    private const string ExitMark = "vod-exit ";

    /// <inheritdoc />
    public async Task<int> RunAsync(MediaLaunch launch, CancellationToken kill)
    {
        ArgumentNullException.ThrowIfNull(launch);
        int input = launch.Arguments.ToList().IndexOf("-i");
        if (launch.Tool != MediaTool.FFmpeg || input < 0 || input + 2 >= launch.Arguments.Count
            || !CommandLine.IsPlain(launch.Arguments[input + 1]) || !CommandLine.IsPlain(launch.Arguments[^1]))
        {
            return await system.RunAsync(launch, kill);
        }

        // FFMpegCore would look for a bare ffmpeg on PATH instead, and run that without any sandbox.
        if (!File.Exists(launch.Program))
        {
            throw new IOException("The sandbox could not be launched: it is not there.");
        }

        int code = Killed;
        FFMpegArgumentProcessor process = FFMpegArguments
            .FromFileInput(
                launch.Arguments[input + 1], verifyExists: false,
                options => options.WithCustomArgument(CommandLine.Join(["-vod-report", .. launch.Arguments.Take(input)])))
            .OutputToFile(
                launch.Arguments[^1], overwrite: false,
                options => options.WithCustomArgument(CommandLine.Join(launch.Arguments.Skip(input + 2).SkipLast(1))))
            .NotifyOnStandardOutput(launch.OnOutputLine)
            .NotifyOnStandardError(line =>
            {
                // FFmpeg may print the same, from a file: the wrapper has the last word.
                if (line.StartsWith(ExitMark, StringComparison.Ordinal)
                    && byte.TryParse(line.AsSpan(ExitMark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out byte told))
                {
                    code = told;
                }
                else
                {
                    launch.OnErrorLine(line);
                }
            })
            .CancellableThrough(out Action cancel, s_patience);

        // It writes "q", upon which the wrapper kills its process tree, and blocks until that has ended.
        await using CancellationTokenRegistration cancelled = kill.Register(() => _ = Task.Run(cancel, CancellationToken.None));
        try
        {
            var options = new FFOptions
            {
                BinaryFolder = launch.Folder,
                WorkingDirectory = launch.WorkFolder,
                Encoding = Encoding.UTF8,
            };
            FFMpegResult result = await process.ProcessAsynchronously(throwOnError: false, options, CancellationToken.None);
            return result.Success ? 0 : code;
        }
        catch (Exception failure) when (failure is Win32Exception or InstanceException or FFMpegCore.Exceptions.FFMpegException)
        {
            throw new IOException($"The sandbox could not be launched: {failure.Message}", failure);
        }
    }
}
