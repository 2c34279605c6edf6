using System.Diagnostics;
using System.Text;

namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>Files that are no videos, or none that may be published; each is uploaded as an .mp4.</summary>
internal static class BadFiles
{
    private const string Sine = "sine=frequency=440:duration=2";
    private const string Picture = "testsrc2=size=160x90:rate=25:duration=2";

    public static Task<byte[]> Mp3Async() => MakeAsync("x.mp3", "-f", "lavfi", "-i", Sine);

    public static Task<byte[]> M4aAsync() => MakeAsync("x.m4a", "-f", "lavfi", "-i", Sine);

    public static Task<byte[]> Mp3WithCoverAsync() => WithCoverAsync("x.mp3", "-c:v", "mjpeg");

    public static Task<byte[]> M4aWithCoverAsync() =>
        WithCoverAsync("x.m4a", "-c:v", "mjpeg", "-disposition:v:0", "attached_pic");

    public static Task<byte[]> PngAsync() => MakeAsync("x.png", "-f", "lavfi", "-i", Picture, "-frames:v", "1");

    public static Task<byte[]> JpegAsync() => MakeAsync("x.jpg", "-f", "lavfi", "-i", Picture, "-frames:v", "1");

    /// <summary>An mp4 of one picture.</summary>
    public static Task<byte[]> OnePictureAsync() => VideoAsync("-frames:v", "1");

    public static Task<byte[]> TooShortAsync() =>
        MakeAsync("x.mp4", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=60:duration=1", "-frames:v", "3");

    public static Task<byte[]> TooLongAsync() =>
        MakeAsync("x.mp4", "-f", "lavfi", "-i", "testsrc2=size=64x36:rate=10:duration=4");

    /// <summary>The index says two seconds; the pictures end half way.</summary>
    public static async Task<byte[]> TruncatedAsync()
    {
        byte[] whole = await VideoAsync("-movflags", "+faststart");
        return whole[..(whole.Length / 2)];
    }

    /// <summary>A recorder that was switched off: the index was never written.</summary>
    public static async Task<byte[]> WithoutIndexAsync()
    {
        byte[] whole = await VideoAsync();
        return whole[..(whole.Length / 2)];
    }

    public static Task<byte[]> HugePictureAsync() => MakeAsync(
        "x.mov", "-f", "lavfi", "-i", "color=black:size=16000x9000:rate=2:duration=1",
        "-c:v", "mjpeg", "-q:v", "31", "-threads", "1");

    /// <summary>A codec that no FFmpeg knows: another name for it in an otherwise good file.</summary>
    public static async Task<byte[]> UnknownCodecAsync()
    {
        byte[] video = await VideoAsync();
        for (int at; (at = video.AsSpan().IndexOf("avc1"u8)) >= 0;)
        {
            "zzzz"u8.CopyTo(video.AsSpan(at));
        }

        return video;
    }

    public static byte[] HlsPlaylist(string secret, Uri url) => Encoding.UTF8.GetBytes(
        $"""
        #EXTM3U
        #EXT-X-VERSION:3
        #EXT-X-TARGETDURATION:10
        #EXT-X-MEDIA-SEQUENCE:0
        #EXTINF:10.0,
        {new Uri(secret).AbsoluteUri}
        #EXTINF:10.0,
        {url}segment.ts
        #EXTINF:10.0,
        concat:{secret}|{url}other.ts
        #EXT-X-ENDLIST

        """);

    public static byte[] ConcatScript(string secret, Uri url) =>
        Encoding.UTF8.GetBytes($"ffconcat version 1.0\nfile '{secret}'\nfile '{url}clip.mp4'\n");

    public static byte[] Sdp(Uri url) => Encoding.UTF8.GetBytes(
        $"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\na=control:{url}\r\n"
        + $"m=video {url.Port} TCP 96\r\na=rtpmap:96 H264/90000\r\n");

    /// <summary>A good video whose first box is followed by a playlist, for whoever looks only at the beginning.</summary>
    public static byte[] PlaylistBehindBox(string secret, Uri url) =>
        [0, 0, 0, 16, .. "ftypisom\0\0\0\0"u8, .. HlsPlaylist(secret, url)];

    public static async Task<byte[]> MakeAsync(string name, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("vod-bad-").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            await RunAsync("ffmpeg", ["-nostdin", "-v", "error", .. arguments, path]);
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {process.ExitCode} {errors}");
        }
    }

    private static Task<byte[]> VideoAsync(params string[] options) =>
        MakeAsync("x.mp4", ["-f", "lavfi", "-i", Picture, "-c:v", "libx264", "-pix_fmt", "yuv420p", .. options]);

    private static Task<byte[]> WithCoverAsync(string name, params string[] options) => MakeAsync(
        name,
        [
            "-f", "lavfi", "-i", Sine, "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=1:duration=1",
            "-map", "0", "-map", "1", "-frames:v", "1", .. options,
        ]);
}
