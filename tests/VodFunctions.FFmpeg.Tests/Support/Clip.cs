using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>A small generated source, with the facts that a probe would find.</summary>
internal sealed class Clip : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vod-clip-").FullName;

    public string Path => System.IO.Path.Combine(_folder, Name);

    public string Folder => _folder;

    public string Name { get; init; } = "source.mp4";

    public required SourceFacts Facts { get; set; }

    /// <summary>Runs ffmpeg with these arguments and the clip's path at the end.</summary>
    public static async Task<Clip> MakeAsync(
        string size, string rate, double seconds, bool sound, string name, params string[] arguments)
    {
        var clip = new Clip
        {
            Name = name,
            Facts = new()
            {
                VideoStream = 0,
                AudioStream = sound ? 1 : null,
                Demuxer = name.EndsWith(".mkv", StringComparison.Ordinal) ? "matroska,webm" : "mov,mp4,m4a,3gp,3g2,mj2",
                VideoCodec = "h264",
                ShownSize = PixelSize.Parse(size),
                FrameRate = FrameRate.Parse(rate),
                DurationSeconds = seconds,
                VideoBitrate = Bitrate.Parse("1M"),
            },
        };
        await clip.RunAsync([.. arguments, clip.Path]);
        return clip;
    }

    /// <summary>A test picture and, by default, a tone.</summary>
    public static Task<Clip> SimpleAsync(string size, string rate, double seconds, bool sound = true) => MakeAsync(
        size, rate, seconds, sound, "source.mp4",
        [.. Picture(size, rate, seconds), .. sound ? Tone(seconds) : [], .. Encode]);

    public static string[] Picture(string size, string rate, double seconds) =>
        ["-f", "lavfi", "-i", FormattableString.Invariant($"testsrc2=s={size}:r={rate}:d={seconds}")];

    public static string[] Tone(double seconds, string extra = "") =>
        ["-f", "lavfi", "-i", FormattableString.Invariant($"sine=f=440:r=44100:d={seconds}{extra}")];

    public static string[] Encode { get; } =
        ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"];

    public async Task RunAsync(params string[] arguments)
    {
        (MediaProcessResult result, _) = await Tool.RunAsync(
            MediaTool.FFmpeg, _folder, ["-v", "error", "-y", .. arguments]);
        Assert.True(result.Succeeded, result.ErrorTail);
    }

    /// <summary>Turns the shown picture clockwise, as a phone does: by the matrix in the track's header.</summary>
    public async Task TurnAsync(int quarters)
    {
        (int a, int b) = (quarters & 3) switch { 1 => (0, 1), 2 => (-1, 0), 3 => (0, -1), _ => (1, 0) };
        byte[] bytes = await File.ReadAllBytesAsync(Path);
        int matrix = bytes.AsSpan().IndexOf("tkhd"u8) + 4 + 40;
        foreach ((int value, int at) in new[] { (a, 0), (b, 4), (-b, 12), (a, 16) })
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(matrix + at), value << 16);
        }

        await File.WriteAllBytesAsync(Path, bytes);
        Facts = Facts with
        {
            QuarterTurns = quarters & 3,
            ShownSize = (quarters & 1) == 1 ? Facts.ShownSize.Turned : Facts.ShownSize,
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
