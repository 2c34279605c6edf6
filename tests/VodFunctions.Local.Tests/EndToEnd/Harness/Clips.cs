using System.Diagnostics;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>Videos that FFmpeg makes, once per process.</summary>
internal static class Clips
{
    private static readonly Lazy<Task<byte[]>> s_tiny = new(() => MakeAsync("320x180", 5));
    private static readonly Lazy<Task<byte[]>> s_long = new(() => MakeAsync("640x360", 60));

    /// <summary>5 s, 320x180, with sound: a job of a few seconds.</summary>
    public static Task<byte[]> TinyAsync => s_tiny.Value;

    /// <summary>60 s, 640x360, with sound: time enough to do something while it is being transcoded.</summary>
    public static Task<byte[]> LongAsync => s_long.Value;

    private static async Task<byte[]> MakeAsync(string size, int seconds)
    {
        string folder = Directory.CreateTempSubdirectory("vod-clip-").FullName;
        try
        {
            string path = Path.Combine(folder, "clip.mp4");
            await RunAsync(
                "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=25:duration={seconds}",
                "-f", "lavfi", "-i", $"sine=frequency=440:duration={seconds}", "-c:v", "libx264", "-preset", "ultrafast",
                "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart", path);
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Plays everything of an HLS address; whatever FFmpeg finds wrong with it is in the answer.</summary>
    public static Task<string> DecodeAsync(Uri master) => RunAsync(
        "ffmpeg", "-nostdin", "-v", "warning", "-xerror", "-i", master.AbsoluteUri, "-map", "0", "-f", "null", "-");

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? errors : throw new InvalidOperationException($"{program}: {process.ExitCode} {errors}");
    }
}
