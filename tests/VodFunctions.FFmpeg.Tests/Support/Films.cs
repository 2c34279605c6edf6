namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Films whose picture and sound begin, pause and end at different times, in every container that can say so.</summary>
internal static class Films
{
    private static readonly string[] s_h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
    private static readonly string[] s_aac = [.. s_h264, "-c:a", "aac", "-fps_mode", "passthrough"];
    private static readonly string[] s_mpeg2 = ["-c:v", "mpeg2video", "-b:v", "1M", "-c:a", "mp2", "-fps_mode", "passthrough"];
    private static readonly string[] s_vp8 =
        ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "500k", "-c:a", "libopus", "-fps_mode", "passthrough"];

    private static readonly string[] s_theora = ["-c:v", "libtheora", "-b:v", "800k", "-c:a", "libvorbis", "-fps_mode", "passthrough"];

    /// <summary>By name, all of them.</summary>
    public static IReadOnlyDictionary<string, Film> All { get; } = new[]
    {
        LatePicture("late-picture.mp4", s_aac), LatePicture("late-picture.mov", s_aac), LatePicture("late-picture.mkv", s_aac),
        LatePicture("late-picture.webm", s_vp8), LatePicture("late-picture.ts", s_aac), LatePicture("late-picture.mpg", s_mpeg2),
        LatePicture("late-picture.flv", s_aac),
        LateSound("late-sound.mp4", s_aac), LateSound("late-sound.mkv", s_aac), LateSound("late-sound.webm", s_vp8),
        LateSound("late-sound.ts", s_aac), LateSound("late-sound.mpg", s_mpeg2), LateSound("late-sound.flv", s_aac),
        LateSound("late-sound.ogv", s_theora),
        StillEnd("still-end.mp4", s_aac), StillEnd("still-end.webm", s_vp8), StillEnd("still-end.ts", s_aac),
        StillEnd("still-end.avi", ["-c:v", "mpeg4", "-bf", "0", "-c:a", "pcm_s16le"]),
        SilentEnd("silent-end.mp4", s_aac), SilentEnd("silent-end.ts", s_aac),
        Plain("two.ts", s_aac).Joined(3, 2.0213), Plain("two.mpg", s_mpeg2).Joined(2, 2.0213), Plain("two.webm", s_vp8).Joined(2, 2.0213),
        // Its headers, in the middle, have times of two pictures.
        Plain("two.ogv", s_theora).Joined(2, 2.08),
        // The clock of a transport stream has 33 bits of 90 kHz, which end after 95,443.7 s.
        Plain("wrap.ts", [.. s_aac, "-output_ts_offset", "95441.5"]),
        Plain("hour.mp4", [.. s_aac, "-movflags", "frag_keyframe+empty_moov+separate_moof", "-output_ts_offset", "3600"]),
        // Pictures out of order, without a time of decoding at first.
        Plain("reordered.mkv", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac"),
        Trimmed("trimmed.mp4"), Trimmed("trimmed.mov"),
        Changing("rate.ts", [.. s_aac], [.. s_aac, "-ar", "44100"]),
        Changing("layout.ts", [.. s_h264, "-c:a", "ac3", "-ac", "2"], [.. s_h264, "-c:a", "ac3", "-af", "aformat=channel_layouts=5.1"]),
        Changing("mono.ts", [.. s_aac, "-ac", "1"], [.. s_aac, "-af", "pan=5.1|FC=c0"]),
        Unplaced("three.mov", 3, "pcm_s16le"), Unplaced("ten.mov", 10, "pcm_s16le"),
        Unplaced("nine.mkv", 9, "libopus", "-mapping_family", "255"),
        Gaps("gaps.mp4", s_aac), Gaps("gaps.mkv", s_aac), Gaps("gaps.ts", s_aac),
    }.ToDictionary(film => film.Name);

    private static Film Plain(string name, params string[] codecs) => Film.Of(
        name, 2, new(0, 0, 60), new(0, 0, 2), [.. Counted.Picture(2), .. Counted.Beeps(2), .. codecs]);

    private static Film LatePicture(string name, string[] codecs) => Film.Of(
        name, 3, new(1, 0, 60), new(0, 0, 3), [.. Counted.Beeps(3), .. Counted.Picture(2, late: 1), "-map", "1", "-map", "0", .. codecs]);

    private static Film LateSound(string name, string[] codecs) => Film.Of(
        name, 3.1, new(0, 0, 93), new(1.4, 0, 2), [.. Counted.Picture(3.1), .. Counted.Beeps(1.5, late: 1.4), .. codecs]);

    private static Film StillEnd(string name, string[] codecs) => Film.Of(
        name, 4, new(0, 0, 36), new(0, 0, 4), [.. Counted.Picture(1.2), .. Counted.Beeps(4), .. codecs]);

    private static Film SilentEnd(string name, string[] codecs) => Film.Of(
        name, 3, new(0, 0, 90), new(0, 0, 2), [.. Counted.Picture(3), .. Counted.Beeps(1.5), .. codecs]);

    /// <summary>Cut without encoding: what is before the cut is hidden by an edit list.</summary>
    private static Film Trimmed(string name) => new(
        name, 3, [new(0, 75, 90)], [new(0.5, 3, 3)], async (folder, path) =>
        {
            string whole = Path.Combine(folder, "whole" + Path.GetExtension(name));
            await Film.FFmpegAsync(folder, [.. Counted.Picture(7), .. Counted.Beeps(7), .. s_aac, "-g", "60", whole]);
            await Film.FFmpegAsync(folder, "-ss", "2.5", "-i", whole, "-t", "3", "-c", "copy", path);
        });

    /// <summary>No picture from 1 to 2 s, no sound from 2.5 to 3.5 s.</summary>
    private static Film Gaps(string name, string[] codecs) => new(
        name, 5, [new(0, 0, 30), new(2, 60, 90)], [new(0, 0, 3), new(4, 4, 1)], (folder, path) => Film.FFmpegAsync(
            folder,
            [
                .. Counted.Picture(5), .. Counted.Beeps(5), "-vf", "select='not(between(t,0.99,1.99))'", "-af",
                "aselect='not(between(t,2.5,3.49))'", .. codecs, path,
            ]));

    /// <summary>The second half has another format of sound, in the same stream and on the same clock.</summary>
    private static Film Changing(string name, string[] first, string[] second) => new(
        name, 4, [new(0, 0, 60), new(2, 0, 60)], [new(0, 0, 2), new(2, 0, 2)], async (folder, path) =>
        {
            string one = Path.Combine(folder, "one.ts");
            string two = Path.Combine(folder, "two.ts");
            await Film.FFmpegAsync(folder, [.. Counted.Picture(2), .. Counted.Beeps(2), .. first, one]);
            await Film.FFmpegAsync(folder, [.. Counted.Picture(2), .. Counted.Beeps(2), .. second, "-output_ts_offset", "2", two]);
            await File.WriteAllBytesAsync(path, [.. await File.ReadAllBytesAsync(one), .. await File.ReadAllBytesAsync(two)]);
        });

    /// <summary>A recorder's channels, of which only the last has any sound, and no layout.</summary>
    private static Film Unplaced(string name, int channels, params string[] codec)
    {
        // By merging, as pan makes eight without a layout at the most.
        string inputs = string.Concat(Enumerable.Range(0, channels).Select(channel => $"[c{channel}]"));
        return Film.Of(
            name, 2, new(0, 0, 60), new(0, 0, 2),
            [
                .. Counted.Picture(2), .. Counted.Beeps(2), "-filter_complex",
                $"[1:a]asplit={channels}{inputs};{inputs}amerge=inputs={channels}[a]", "-map", "0:v", "-map", "[a]", .. s_h264, "-c:a", .. codec,
            ]);
    }
}
