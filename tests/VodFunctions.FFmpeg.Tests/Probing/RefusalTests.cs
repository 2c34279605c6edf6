using System.Text;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Probing;

/// <summary>What is refused, with which code, and what is never opened.</summary>
public sealed class RefusalTests(Clips clips) : IClassFixture<Clips>
{
    [Theory]
    [InlineData("empty.mp4", "")]
    [InlineData("text.mp4", "This is no video at all, and it is long enough to be one.")]
    [InlineData("page.webm", "<!doctype html><title>no</title>")]
    public async Task Text_is_no_video(string name, string text) =>
        await Probers.RefusedAsync(JobErrorCode.NotAVideo, await clips.Text(name, text));

    [Fact]
    public async Task Sound_only_is_no_video()
    {
        await Probers.RefusedAsync(JobErrorCode.NotAVideo, await clips.Make("sound.m4a", $"{Clips.Sound} -c:a aac -f mp4"));
        await Probers.RefusedAsync(JobErrorCode.NotAVideo, await clips.Make("sound.webm", $"{Clips.Sound} -c:a libopus"));
        await Probers.RefusedAsync(JobErrorCode.NotAVideo, await clips.Make("sound.wav", Clips.Sound));
        await Probers.RefusedAsync(JobErrorCode.NotAVideo, await clips.Make("sound.ogg", $"{Clips.Sound} -c:a libvorbis"));
    }

    [Fact]
    public async Task A_cover_is_no_moving_picture()
    {
        string cover = await clips.Make("cover.jpg", $"{Clips.Picture} -frames:v 1");
        const string map = "-map 0 -map 1 -disposition:v attached_pic";

        await Probers.RefusedAsync(JobErrorCode.NotAVideo, await clips.Make("cover.mp3", $"{Clips.Sound} -i {cover} {map} -c:v copy"));
        await Probers.RefusedAsync(JobErrorCode.NotAVideo, await clips.Make("cover.m4a", $"{Clips.Sound} -i {cover} {map} -c:v copy -c:a aac -f mp4"));
    }

    [Theory]
    [InlineData("png", "-f image2 -c:v png")]
    [InlineData("jpg", "-f image2 -c:v mjpeg")]
    [InlineData("gif", "-f gif")]
    [InlineData("mov", "-f mov -c:v mjpeg")]
    [InlineData("h264", "-f mp4 -c:v libx264")]
    public async Task A_still_picture_renamed_is_no_video(string kind, string format) => await Probers.RefusedAsync(
        JobErrorCode.NotAVideo, await clips.Make($"still-{kind}.mp4", $"{Clips.Picture} -frames:v 1 {format}"));

    [Fact]
    public async Task A_file_cut_in_half_is_malformed_wherever_its_index_is()
    {
        Task<string> matroska = clips.Make("whole.mkv", $"{Clips.Picture} {Clips.Sound} {Clips.H264} -c:a aac");

        await Probers.RefusedAsync(JobErrorCode.MalformedVideo, await Half("cut-fast.mp4", clips.FastStart()));
        await Probers.RefusedAsync(JobErrorCode.MalformedVideo, await Half("cut-end.mp4", clips.Mp4()));
        await Probers.RefusedAsync(JobErrorCode.MalformedVideo, await Half("cut.mkv", matroska));

        Task<string> Half(string name, Task<string> of) => clips.Change(name, of, bytes => bytes[..(bytes.Length / 2)]);
    }

    [Fact]
    public async Task Noise_in_a_containers_clothes_is_malformed()
    {
        byte[] noise = new byte[200_000];
        new Random(1).NextBytes(noise);
        Task<string> Noise(string name, byte[] head) => clips.Change(name, clips.Mp4(), _ => [.. head, .. noise]);

        await Probers.RefusedAsync(JobErrorCode.MalformedVideo, await Noise("n.mp4", [0, 0, 0, 24, .. "ftypisom"u8]));
        await Probers.RefusedAsync(JobErrorCode.MalformedVideo, await Noise("n.webm", [0x1A, 0x45, 0xDF, 0xA3]));
        await Probers.RefusedAsync(JobErrorCode.MalformedVideo, await Noise("n.avi", [.. "RIFF"u8, 0, 0, 9, 0, .. "AVI "u8]));
    }

    [Fact]
    public async Task Pictures_that_are_all_noise_are_malformed()
    {
        string clip = await clips.Change("noise-pictures.mp4", clips.FastStart(), bytes =>
        {
            int media = Bytes.IndexOf(bytes, "mdat"u8, 0) + 4;
            new Random(2).NextBytes(bytes.AsSpan(media));
            return bytes;
        });

        await Probers.RefusedAsync(JobErrorCode.MalformedVideo, clip);
    }

    [Fact]
    public async Task A_codec_without_a_decoder_is_unsupported() => await Probers.RefusedAsync(
        JobErrorCode.UnsupportedCodec,
        await clips.Change("codec.mp4", clips.Mp4(), bytes => Bytes.Replace(bytes, "avc1"u8, "zzz1"u8)));

    [Fact]
    public async Task Too_long_and_too_short_are_counted_in_packets()
    {
        await Probers.RefusedAsync(
            JobErrorCode.TooLong, await clips.Mp4(), limits => limits.MaxDuration = TimeSpan.FromSeconds(1.5));
        await Probers.RefusedAsync(
            JobErrorCode.TooLong, await clips.MakePiped("long.webm", $"{Clips.Picture} -c:v libvpx -deadline realtime -f webm"),
            limits => limits.MaxDuration = TimeSpan.FromSeconds(0.5));
        await Probers.RefusedAsync(
            JobErrorCode.TooShort, await clips.Make("short.mp4", $"{Clips.Picture} -frames:v 2 {Clips.H264}"));
    }

    [Fact]
    public async Task A_still_of_ten_hours_is_too_long()
    {
        string still = await clips.Make("ten-hours.mp4",
            "-f lavfi -i testsrc=s=64x36:r=1/3600:d=36000 -c:v libx264 -preset ultrafast -video_track_timescale 1000");

        await Probers.RefusedAsync(JobErrorCode.TooLong, still);
    }

    [Fact]
    public async Task Too_many_pixels_are_refused_before_they_are_decoded()
    {
        // A few more than the 36,000,000 that are allowed.
        string large = await clips.Make("large.mp4",
            "-f lavfi -i color=s=6100x5910:r=10:d=0.2 -c:v libx264 -preset ultrafast -threads 1");

        await Probers.RefusedAsync(JobErrorCode.TooManyPixels, large);
    }

    /// <summary>FFmpeg counts the filled-up lines of this one, which are 1024 long.</summary>
    [Fact]
    public async Task A_picture_of_as_many_pixels_as_are_allowed_is_taken()
    {
        string full = await clips.Make("full.mp4", $"-f lavfi -i testsrc=s=1000x100:r=10:d=0.5 {Clips.H264}");

        Assert.Null((await Probers.ProbeAsync(full, limits => limits.MaxPixels = 100_000)).Error);
    }

    [Fact]
    public async Task Too_many_pixels_hidden_by_a_small_header_are_refused()
    {
        string hidden = await clips.Change(
            "hidden.mp4", clips.Make("two.mp4", $"-f lavfi -i testsrc=s=640x360:r=10:d=1 {Clips.H264}"), Shrink);

        await Probers.RefusedAsync(JobErrorCode.TooManyPixels, hidden, limits => limits.MaxPixels = 100_000);

        static byte[] Shrink(byte[] bytes)
        {
            // The sample entry: 6 + 2 + 16 bytes after its name come width and height.
            int size = Bytes.IndexOf(bytes, "avc1"u8, Bytes.IndexOf(bytes, "stsd"u8, 0)) + 4 + 24;
            new byte[] { 0, 160, 0, 90 }.CopyTo(bytes, size);
            return bytes;
        }
    }

    [Fact]
    public async Task Pixels_made_by_stretching_count() => await Probers.RefusedAsync(
        JobErrorCode.TooManyPixels,
        await clips.Make("stretched.mp4", $"{Clips.Picture} -vf setsar=8/1 {Clips.H264}"),
        limits => limits.MaxPixels = 100_000);

    [Fact]
    public async Task Too_many_streams_are_malformed()
    {
        string maps = string.Concat(Enumerable.Repeat(" -map 0", 40));
        string many = await clips.Make("many.mkv", $"-f lavfi -i testsrc=s=32x32:r=5:d=1{maps} -c:v mpeg4");

        await Probers.RefusedAsync(JobErrorCode.MalformedVideo, many);
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:2,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile '{0}'\n")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><BaseURL>{0}</BaseURL></Period></MPD>")]
    public async Task A_script_that_names_another_file_is_no_video_and_the_other_file_is_not_opened(string script)
    {
        using var folder = new TestFolder();
        string other = folder.File("other.mp4");
        File.Copy(await clips.Mp4(), other);
        using var watch = new OpenWatch(folder.Path);

        await Probers.RefusedAsync(
            JobErrorCode.NotAVideo, folder.Write("upload.mp4", string.Format(null, CompositeFormat.Parse(script), other)));

        Assert.Contains("upload.mp4", watch.Opened());
        Assert.DoesNotContain("other.mp4", watch.Opened());
    }

    [Fact]
    public async Task Bytes_of_a_container_before_a_script_do_not_open_it_either()
    {
        using var folder = new TestFolder();
        string other = folder.File("other.mp4");
        File.Copy(await clips.Mp4(), other);
        string upload = folder.File("upload");
        await File.WriteAllBytesAsync(
            upload, [.. "FLV"u8, 1, .. Encoding.UTF8.GetBytes($"#EXTM3U\n#EXTINF:2,\n{other}\n")]);
        using var watch = new OpenWatch(folder.Path);

        ProbeOutcome outcome = await Probers.ProbeAsync(upload);

        Assert.NotNull(outcome.Error);
        Assert.Contains("upload", watch.Opened());
        Assert.DoesNotContain("other.mp4", watch.Opened());
    }
}
