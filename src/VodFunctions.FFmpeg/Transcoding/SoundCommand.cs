using VodFunctions.Core.Containers;
using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>
/// The arguments of the two runs that make the sound. The first decodes it to samples of one format, each at its time. FFmpeg
/// builds its filters anew where rate or layout change, so nothing in that run may count. The second fills and encodes.
/// </summary>
internal static class SoundCommand
{
    /// <summary>The name of the decoded sound in the work folder. Never more than a name: FFmpeg opens it as itself.</summary>
    public const string Decoded = "sound.nut";

    /// <summary>The name of the encoded sound in the work folder: one ADTS stream that the packager cuts.</summary>
    public const string Output = "sound.aac";

    /// <summary>Bytes of decoded sound in a second: 48 kHz, stereo, 16 bits, and the container.</summary>
    private const double BytesPerSecond = SoundGrid.SampleRate * 4 * 1.1;

    /// <summary>Reads what <see cref="Decode"/> made.</summary>
    public static IReadOnlyList<string> DecodedInput { get; } =
        ["-copyts", "-protocol_whitelist", "file,pipe", "-format_whitelist", "nut", "-f", "nut", "-i", Decoded];

    /// <summary>Silence, for sound of which nothing could be decoded.</summary>
    public static IReadOnlyList<string> SilentInput { get; } =
        ["-f", "lavfi", "-i", Text($"anullsrc=r={SoundGrid.SampleRate}:cl=stereo")];

    /// <summary>What the decoded sound takes in the work folder, in bytes.</summary>
    public static long DecodedBytes(TimeGrid grid) => (long)Math.Ceiling(grid.DurationSeconds * BytesPerSecond) + (1 << 20);

    /// <summary>The first run.</summary>
    public static IReadOnlyList<string> Decode(string path, SourceFacts facts, TimeGrid grid, long maxPixels) =>
    [
        .. Global,
        // Noise is silence, however much of it there is.
        "-max_error_rate", "1",
        // Three channels or more without a layout are no surround: see SoundFilter.
        .. Source(path, facts, maxPixels, "-guess_layout_max", "2"),
        "-filter_complex", Text($"[0:{facts.AudioStream}]{SoundFilter.Collect(facts, grid)}[a]"),
        "-map", "[a]", .. Stripped, "-c:a", "pcm_s16le", "-f", "nut", Decoded,
    ];

    /// <summary>The second run, where the sound is a rendition of its own.</summary>
    public static IReadOnlyList<string> Encode(IReadOnlyList<string> input, TimeGrid grid, Bitrate bitrate) =>
    [
        .. Global, .. input,
        "-filter_complex", $"[0:0]{SoundFilter.Fill(grid)}[a]",
        "-map", "[a]", .. Stripped, .. SoundFilter.Encoder(bitrate), "-f", "adts", Output,
    ];
}
