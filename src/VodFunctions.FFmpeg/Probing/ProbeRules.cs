using System.Globalization;
using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Probing.FileEnds;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>Decides what is accepted and with which code the rest is refused. Pure.</summary>
/// <param name="limits">What a source may be.</param>
/// <param name="decodable">FFmpeg's names of the codecs that it can decode here.</param>
internal sealed class ProbeRules(SourceLimits limits, IReadOnlySet<string> decodable)
{
    /// <summary>What may be missing at the end of a file: rounding, and recorders that were switched off.</summary>
    private const double MissingSeconds = 0.3;

    private const double MissingShare = 0.03;

    /// <summary>The output is as long as whole frames, and as an encoder's padding.</summary>
    private const double LengthRounding = 1;

    /// <summary>
    /// Picks the video streams that may be the film, the default one first: declarations do not tell a cover from a film, the
    /// packets do. Never empty without an error.
    /// </summary>
    public (IReadOnlyList<FfprobeStream> Videos, JobError? Error) VideoChoices(FfprobeReport report)
    {
        if (Math.Max(report.Format.NbStreams, report.Streams.Count) > limits.MaxStreams)
        {
            return Reject(JobErrorCode.MalformedVideo, $"More than {limits.MaxStreams} streams.");
        }

        FfprobeStream[] pictures = [.. report.Streams.Where(stream => stream.IsVideo && !stream.IsPictureOnly)];
        if (pictures.Length == 0)
        {
            return report.Streams.Count == 0
                ? Reject(JobErrorCode.MalformedVideo, "A container without streams.")
                : Reject(JobErrorCode.NotAVideo, "No moving picture among the streams.");
        }

        FfprobeStream[] videos = [.. pictures.Where(IsDecodable).OrderByDescending(stream => stream.Disposition.Default)];
        return videos.Length > 0
            ? (videos, null)
            : Reject(
                JobErrorCode.UnsupportedCodec, $"No decoder for the picture's codec ({pictures[0].CodecName ?? "unknown"}).");
    }

    /// <summary>Refuses pictures that are too large to be decoded.</summary>
    public JobError? JudgeSize(FfprobeStream video) =>
        Math.Max(CodedPixels(video), PictureGeometry.ShownSize(video).Pixels) > limits.MaxPixels
            ? Error(JobErrorCode.TooManyPixels, $"A picture of {video.Width}x{video.Height} pixels.")
            : null;

    /// <summary>Sound streams that can be decoded and hold any sound, the default one first.</summary>
    public IReadOnlyList<FfprobeStream> AudioChoices(FfprobeReport report, IReadOnlySet<int> streamsWithPackets) =>
    [
        .. report.Streams
            .Where(stream => stream.IsAudio && IsDecodable(stream) && stream.Channels > 0
                && streamsWithPackets.Contains(stream.Index))
            .OrderByDescending(stream => stream.Disposition.Default),
    ];

    /// <summary>Whether enough packets were seen to know that the file is refused, so that the rest need not be read.</summary>
    public bool IsHopeless(PacketScan scan) =>
        scan.ShownSeconds > limits.MaxDuration.TotalSeconds + 1 || TooManyPictures(scan, limits.MaxDuration.TotalSeconds);

    /// <summary>Judges what was counted. Call <see cref="PacketScan.NaturalIntervalSeconds"/> before.</summary>
    /// <param name="report">What was declared.</param>
    /// <param name="video">The picture's stream.</param>
    /// <param name="demuxer">Says which declarations can be trusted.</param>
    /// <param name="scan">What is there.</param>
    /// <param name="isTorn">Whether the file's structure points at bytes that it does not have: see <see cref="FileEnd"/>.</param>
    public JobError? Judge(FfprobeReport report, FfprobeStream video, string demuxer, PacketScan scan, bool isTorn)
    {
        double seconds = scan.ShownSeconds;
        return scan switch
        {
            _ when seconds > limits.MaxDuration.TotalSeconds => Error(JobErrorCode.TooLong, $"Plays {Text(seconds)} s or more."),
            { Pictures: 0 } => Error(JobErrorCode.MalformedVideo, "No picture in the picture's stream."),
            _ when isTorn && Missing(report, video, demuxer, scan) is { } missing =>
                Error(JobErrorCode.MalformedVideo, $"Truncated: {Text(missing)} s of what was declared are missing."),
            { Pictures: 1 } => Error(JobErrorCode.NotAVideo, "A single picture."),
            _ when seconds < limits.MinDuration.TotalSeconds => Error(JobErrorCode.TooShort, $"Plays {Text(seconds)} s."),
            _ when TooManyPictures(scan, seconds) =>
                Error(JobErrorCode.MalformedVideo, $"More than {limits.MaxFrameRate} pictures per second."),
            _ => null,
        };
    }

    /// <summary>Judges the whole length, with the sound that is taken.</summary>
    public JobError? JudgeLength(double seconds) => seconds > limits.MaxDuration.TotalSeconds + LengthRounding
        ? Error(JobErrorCode.TooLong, $"Plays {Text(seconds)} s.")
        : null;

    /// <summary>Puts together what later steps need to know.</summary>
    public static SourceFacts Facts(
        string demuxer, FfprobeStream video, PacketScan scan, double? naturalInterval, FrameScan frames, FfprobeStream? audio)
    {
        FrameRate rate = naturalInterval is { } interval ? NaturalFrameRate.Snap(1 / interval) : NaturalFrameRate.Default;
        (StreamSpan? picture, StreamSpan? sound) = scan.Spans(audio?.Index);
        Timeline timeline = Timeline.Of(picture ?? new(0, 0), sound, rate);
        return new()
        {
            Demuxer = demuxer,
            VideoStream = video.Index,
            VideoCodec = video.CodecName!,
            ShownSize = PictureGeometry.ShownSize(video),
            LongestGroupSeconds = scan.LongestGroupSeconds,
            QuarterTurns = PictureGeometry.QuarterTurns(video),
            ShownAsCoded = !video.SideDataList.Any(data => data.SideDataType == "Display Matrix"),
            FrameRate = rate,
            PictureCount = scan.StoredPictures,
            CodedPixels = CodedPixels(video),
            DurationSeconds = rate.SecondsOf(timeline.FrameCount),
            StartSeconds = timeline.StartSeconds,
            ClockJumps = scan.Jumps(audio?.Index) is { Count: > 0 } jumps ? jumps : null,
            VideoBitrate = new Bitrate(Math.Max(1, (long)Math.Min(scan.VideoBytes * 8 / scan.ShownSeconds, 1e12))),
            MayBeInterlaced = frames.Interlaced || PictureGeometry.MayBeInterlaced(video),
            AudioStream = audio?.Index,
            UnplacedChannels = IsUnplaced(audio) ? audio!.Channels : null,
            AudioLanguage = LanguageOf(audio),
        };
    }

    // FFmpeg calls three channels without a layout "2.1" in MOV; "10 channels (FL+...)" is a layout that it cannot mix.
    private static bool IsUnplaced(FfprobeStream? audio) => audio is { Channels: 1 }
        || (audio is { Channels: > 2 } && (audio.ChannelLayout is null or "unknown" or "2.1" || audio.ChannelLayout.Contains(" channels")));

    private static long CodedPixels(FfprobeStream video) =>
        Math.Max((long)video.Width * video.Height, (long)video.CodedWidth * video.CodedHeight);

    private bool IsDecodable(FfprobeStream stream) => stream.CodecName is { } codec && decodable.Contains(codec);

    private bool TooManyPictures(PacketScan scan, double seconds) => scan.Pictures > (limits.MaxFrameRate * seconds) + 1;

    /// <summary>
    /// Seconds that were declared but are not there. Of a file that was cut off they tell how much of it is missing; of a whole
    /// one they tell nothing.
    /// </summary>
    private static double? Missing(FfprobeReport report, FfprobeStream video, string demuxer, PacketScan scan)
    {
        (double? declared, double found) = demuxer switch
        {
            "mov" or "avi" => (video.Duration, scan.StoredSeconds),
            // Of all streams together, from zero.
            "matroska" => (report.Format.Duration, scan.EndOfAllSeconds),
            _ => (null, 0),
        };
        double missing = (declared ?? 0) - found;
        return missing > Math.Max(MissingSeconds, (declared ?? 0) * MissingShare) ? missing : null;
    }

    private static string? LanguageOf(FfprobeStream? audio) =>
        audio is not null
        && audio.Tags.TryGetValue("language", out string? language)
        && language is { Length: 3 } and not "und"
        && language.All(char.IsAsciiLetterLower) ? language : null;

    private static (IReadOnlyList<FfprobeStream>, JobError?) Reject(JobErrorCode code, string detail) => ([], new(code, detail));

    private static JobError Error(JobErrorCode code, string detail) => new(code, detail);

    private static string Text(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
