using System.ComponentModel;
using System.Diagnostics;

namespace VodFunctions.Demo;

/// <summary>The video that the demo uploads.</summary>
/// <param name="Path">The file.</param>
/// <param name="ContentType">As a browser would tell from the name.</param>
/// <param name="SizeBytes">Bytes.</param>
internal sealed record DemoClip(string Path, string ContentType, long SizeBytes)
{
    /// <summary>The given file, or a generated one: 12 s, 1280x720, 30 frames a second, with sound.</summary>
    public static async Task<DemoClip> GetAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        string path = options.Video ?? await GenerateAsync(options.WorkFolder, cancellationToken);
        var file = new FileInfo(path);
        return file is { Exists: true, Length: > 0 }
            ? new(file.FullName, ContentTypeOf(file.Extension), file.Length)
            : throw new DemoException($"The video {path} is missing or empty.");
    }

    private static string ContentTypeOf(string extension) => extension.ToUpperInvariant() switch
    {
        ".MOV" or ".QT" => "video/quicktime",
        ".WEBM" => "video/webm",
        ".MKV" => "video/x-matroska",
        ".AVI" => "video/x-msvideo",
        ".MPG" or ".MPEG" => "video/mpeg",
        ".TS" or ".MTS" or ".M2TS" => "video/mp2t",
        ".3GP" => "video/3gpp",
        ".OGV" => "video/ogg",
        ".WMV" => "video/x-ms-wmv",
        ".FLV" => "video/x-flv",

        // What another file really is, the server finds out; the demo shows how it answers.
        _ => "video/mp4",
    };

    private static async Task<string> GenerateAsync(string folder, CancellationToken cancellationToken)
    {
        string path = System.IO.Path.Combine(folder, "demo-clip.mp4");
        if (File.Exists(path))
        {
            return path;
        }

        Directory.CreateDirectory(folder);
        string temporary = System.IO.Path.Combine(folder, "demo-clip.new.mp4");
        await RunFFmpegAsync(
            [
                "-nostdin", "-v", "error", "-y",
                "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30:duration=12",
                "-f", "lavfi", "-i", "sine=frequency=440:duration=12",
                "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", temporary,
            ],
            cancellationToken);
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    private static async Task RunFFmpegAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var start = new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            using CancellationTokenRegistration kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            string errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
            {
                throw new DemoException($"FFmpeg could not make the clip: {errors.Trim()}");
            }
        }
        catch (Win32Exception e)
        {
            throw new DemoException("FFmpeg is not installed.", e);
        }
    }
}
