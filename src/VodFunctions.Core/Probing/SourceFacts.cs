using System.Text.Json.Serialization;
using VodFunctions.Core.Json;
using VodFunctions.Core.Media;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Probing;

/// <summary>How the source's pictures are to be brought to BT.709 SDR.</summary>
[JsonConverter(typeof(CamelEnumConverter<DynamicRange>))]
public enum DynamicRange
{
    /// <summary>Standard: nothing to do but tag.</summary>
    Sdr,

    /// <summary>HDR with the PQ curve (SMPTE ST 2084).</summary>
    Pq,

    /// <summary>HDR with the HLG curve (ARIB STD-B67).</summary>
    Hlg,
}

/// <summary>
/// What ProbeSource found out, as far as the plan and the encoders need it. A few hundred bytes. It is an input of activities,
/// which are compared with those of a recorded history: what was added later is not written where it is not set.
/// </summary>
public sealed record SourceFacts
{
    /// <summary>Index of the picture's stream in the file.</summary>
    public required int VideoStream { get; init; }

    /// <summary>Index of the default or first sound stream that can be decoded; none is fine.</summary>
    public int? AudioStream { get; init; }

    /// <summary>
    /// How many channels a sound has that belong to no side: one, or those of a recorder that says nothing of their layout, which
    /// FFmpeg may call 2.1. Each is heard on both sides, at its full level where it is the only one.
    /// </summary>
    public int? UnplacedChannels { get; init; }

    /// <summary>FFmpeg's name of the demuxer that read it; later runs are held to it (<c>-f</c>, <c>-format_whitelist</c>).</summary>
    public required string Demuxer { get; init; }

    /// <summary>FFmpeg's name of the picture's codec.</summary>
    public required string VideoCodec { get; init; }

    /// <summary>The picture as shown: square pixels, rotation applied. Sides may be odd.</summary>
    public required PixelSize ShownSize { get; init; }

    /// <summary>The constant rate to make, brought to the natural one nearby, at most 60.</summary>
    public required FrameRate FrameRate { get; init; }

    /// <summary>Pictures to decode, those that an edit list hides included; 0 in facts of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long PictureCount { get; init; }

    /// <summary>The pixels of one picture as coded, as the file's header says; 0 in facts of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long CodedPixels { get; init; }

    /// <summary>
    /// How long the output plays, in seconds, as counted in packets and not as declared: to the later end of picture and sound,
    /// in whole frames.
    /// </summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The output's time 0 on the file's own clock, in seconds. Every run gets it, so that all have the same zero.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double StartSeconds { get; init; }

    /// <summary>Where the file's clock jumps; null for nearly all files.</summary>
    public IReadOnlyList<ClockJump>? ClockJumps { get; init; }

    /// <summary>The picture's average bitrate as counted in its packets.</summary>
    public required Bitrate VideoBitrate { get; init; }

    /// <summary>Seconds from one keyframe to the next or to the end, at most; null where it was not counted.</summary>
    public double? LongestGroupSeconds { get; init; }

    /// <summary>Clockwise quarters to turn by: 0 to 3. FFmpeg turns by itself; this is for the record.</summary>
    public int QuarterTurns { get; init; }

    /// <summary>
    /// Whether frames may be interlaced. Each says it for itself, and only those that do are deinterlaced: a film may be
    /// progressive at first and interlaced later.
    /// </summary>
    [JsonPropertyName("interlaced")]
    public bool MayBeInterlaced { get; init; }

    /// <summary>
    /// Whether the container has no display matrix: the picture is shown as it is coded, whatever its bitstream says of its
    /// orientation (H.264 and HEVC SEI), as players do.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ShownAsCoded { get; init; }

    /// <summary>
    /// Whether the bitstream has display orientation messages. They are muted, also where the container has a display matrix:
    /// FFmpeg would prefer them, and lose pictures wherever they change.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasOrientationMessages { get; init; }

    /// <summary>Which curve it was graded for.</summary>
    public DynamicRange DynamicRange { get; init; }

    /// <summary>
    /// FFmpeg's name of the picture's colour matrix (<c>bt709</c>, <c>smpte170m</c>, <c>bt2020nc</c> ...), <c>gbr</c> of RGB; none
    /// when the file does not say, which then follows from the picture's size, as players do.
    /// </summary>
    public string? ColorMatrix { get; init; }

    /// <summary>FFmpeg's name of the picture's colour primaries (<c>bt709</c>, <c>smpte432</c> ...); none when the file does not say.</summary>
    public string? ColorPrimaries { get; init; }

    /// <summary>Whether only the container says that the picture has the full range of values. Frames that say it are believed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FullRange { get; init; }

    /// <summary>The sound's language as ISO 639-2 when the file says, such as <c>kor</c>.</summary>
    public string? AudioLanguage { get; init; }
}

/// <summary>Either facts or a rejection, never both. A rejection is a value: it is not retried.</summary>
/// <param name="Facts">What the file is.</param>
/// <param name="Error">Why it is refused.</param>
public sealed record ProbeOutcome(SourceFacts? Facts, JobError? Error)
{
    /// <summary>Accepted.</summary>
    public static ProbeOutcome Accepted(SourceFacts facts) => new(facts, null);

    /// <summary>Refused.</summary>
    public static ProbeOutcome Rejected(JobErrorCode code, string detail) => new(null, new JobError(code, detail));
}

/// <summary>Looks at the bytes of a file, whatever its name says.</summary>
public interface IMediaProber
{
    /// <summary>Decides what the file is.</summary>
    /// <param name="path">A local file; its name tells nothing.</param>
    /// <param name="cancellationToken">Kills the process and its children.</param>
    /// <returns>Facts, or a rejection with its code.</returns>
    /// <exception cref="MediaToolException">The tool itself failed; worth a retry.</exception>
    Task<ProbeOutcome> ProbeAsync(string path, CancellationToken cancellationToken);
}
