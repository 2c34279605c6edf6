using System.Diagnostics;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Runs the installed tools without a sandbox: these tests are about arguments and bytes.</summary>
internal sealed class TestProcessRunner : IMediaProcessRunner
{
    public async Task<MediaProcessResult> RunAsync(MediaProcessStart start, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new(start.Tool == MediaTool.FFmpeg ? "ffmpeg" : "ffprobe")
            {
                WorkingDirectory = start.WorkFolder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        if (start.Tool == MediaTool.FFmpeg)
        {
            process.StartInfo.ArgumentList.Add("-nostdin");
        }

        foreach (string argument in start.Arguments)
        {
            process.StartInfo.ArgumentList.Add(argument);
        }

        using var wallTime = new CancellationTokenSource(start.WallTime);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, wallTime.Token);
        process.Start();
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task output = ReadLinesAsync(process.StandardOutput, start.OnOutputLine);
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await output;
        string tail = await errors;
        return new(
            wallTime.IsCancellationRequested ? MediaProcessEnd.TimedOut : MediaProcessEnd.Exited, process.ExitCode,
            tail.Length > 4000 ? tail[^4000..] : tail);
    }

    private static async Task ReadLinesAsync(StreamReader reader, Action<string>? onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine?.Invoke(line);
        }
    }
}
