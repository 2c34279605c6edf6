using System.Globalization;
using VodFunctions.Bench.Measuring;

namespace VodFunctions.Bench.Clips;

/// <summary>
/// Makes clips that cost about what a phone's do: 1080p, 30 frames a second, H.264 at 9 Mbit/s, fine detail that zooms,
/// large areas that drift, hard edges that move, and a little noise as of a sensor; a tone as sound. Kept between runs.
/// </summary>
internal sealed class ClipMaker(string folder)
{
    private const string Graph =
        "[1:v]scale=960:540[detail];"
        + "[0:v][detail]overlay=x='480+420*sin(t/3)':y='270+240*cos(t/4)'[a];"
        + "[a][2:v]overlay=x='mod(t*160,1920)-320':y='120+80*sin(t)',noise=alls=5:allf=t,format=yuv420p[v]";

    /// <summary>A 1080p clip of that length.</summary>
    public async Task<BenchClip> GetAsync(int seconds, CancellationToken cancellationToken)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"clip-1-{seconds}s.mp4"));
        string length = seconds.ToString(CultureInfo.InvariantCulture);
        await MakeAsync(
            path,
            [
                "-f", "lavfi", "-i", $"gradients=size=1920x1080:rate=30:duration={length}:nb_colors=6:speed=0.02:seed=7",
                "-f", "lavfi", "-i", "mandelbrot=size=480x270:rate=30",
                "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30",
                "-f", "lavfi", "-i", "sine=frequency=440:beep_factor=4:sample_rate=48000",
                "-filter_complex", Graph, "-map", "[v]", "-map", "3:a", "-t", length,
                "-c:v", "libx264", "-preset", "veryfast", "-b:v", "9M", "-maxrate", "12M", "-bufsize", "18M", "-g", "60",
                "-c:a", "aac", "-b:a", "160k", "-ac", "2", "-movflags", "+faststart",
            ],
            cancellationToken);
        return new(name, path);
    }

    /// <summary>The clip that warms a host up.</summary>
    public async Task<BenchClip> GetTinyAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, "clip-1-tiny.mp4");
        await MakeAsync(
            path,
            [
                "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30:duration=3",
                "-f", "lavfi", "-i", "sine=frequency=440:duration=3",
                "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac",
            ],
            cancellationToken);
        return new("tiny", path);
    }

    /// <summary>The clip whose notice is what counts: as little work as a video can be.</summary>
    public async Task<BenchClip> GetTiniestAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, "clip-1-tiniest.mp4");
        await MakeAsync(
            path,
            [
                "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=1",
                "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p",
            ],
            cancellationToken);
        return new("tiniest", path);
    }

    private async Task MakeAsync(string path, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        string temporary = path + ".new.mp4";
        await Tool.RunAsync("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments, temporary], cancellationToken);
        File.Move(temporary, path, overwrite: true);
    }
}
