using System.Diagnostics;
using System.Diagnostics.Metrics;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Telemetry;

/// <summary>The traces and metrics of the system: an <see cref="ActivitySource"/> and a <see cref="Meter"/> of one name.</summary>
public static class VodTelemetry
{
    /// <summary>The name to listen to.</summary>
    public const string Name = "VodFunctions";

    /// <summary>Traces.</summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>The parent of all spans of a video. Span ids are unique within a trace only.</summary>
    private const string TheVideoItself = "0000000000000001";

    private static readonly Meter s_meter = new(Name);

    private static readonly Histogram<double> s_queueWait = s_meter.CreateHistogram<double>(
        "vod.job.queue_wait", "s", "From the issued ticket to the opened job.");

    private static readonly Histogram<double> s_speed = s_meter.CreateHistogram<double>(
        "vod.transcode.speed", "1", "Seconds of video made in a second, all renditions of the process together.");

    private static readonly Counter<long> s_outcomes = s_meter.CreateCounter<long>(
        "vod.job.outcomes", "{job}", "Ended jobs by status and code.");

    private static readonly Histogram<double> s_noticeDelay = s_meter.CreateHistogram<double>(
        "vod.notice.delay", "s", "From both true to the first push.");

    private static readonly Counter<long> s_storedBytes = s_meter.CreateCounter<long>(
        "vod.media.stored", "By", "Media stored.");

    /// <summary>
    /// Begins a span of a video's trace. A video id has as many random bits as a trace id (W3C Trace Context section 3.2.2.3),
    /// so it is the trace id: everything from ticket to acknowledgement, on whichever machine, is found by it, and nothing
    /// needs to be stored or passed on.
    /// </summary>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(string name, VideoId? videoId)
    {
        if (videoId is not { } id || !Source.HasListeners())
        {
            return null;
        }

        string hex = id.ToString();
        var parent = new ActivityContext(
            ActivityTraceId.CreateFromString(hex), ActivitySpanId.CreateFromString(TheVideoItself),
            ActivityTraceFlags.Recorded, isRemote: true);
        Activity? span = Source.StartActivity(name, ActivityKind.Internal, parent);
        span?.SetTag("vod.video_id", hex);
        return span;
    }

    internal static void JobOpened(VideoRecord record, DateTimeOffset now) =>
        s_queueWait.Record(Math.Max(0, (now - record.CreatedAt).TotalSeconds));

    internal static void JobClosed(VideoRecord record) => s_outcomes.Add(
        1,
        new KeyValuePair<string, object?>("status", record.Job?.Status.ToString()),
        new KeyValuePair<string, object?>("code", record.Job?.Error?.Code.ToString()));

    internal static void NoticePushed(VideoRecord record, DateTimeOffset now)
    {
        if (record.Notification is { SentAt: null, DueAt: { } dueAt })
        {
            s_noticeDelay.Record(Math.Max(0, (now - dueAt).TotalSeconds));
        }
    }

    internal static void Stored(long bytes) => s_storedBytes.Add(bytes);

    internal static TranscodeMeasurement MeasureTranscode(double mediaSeconds) => new(mediaSeconds);

    /// <summary>Measures one encoder run; only one that succeeded counts.</summary>
    internal sealed class TranscodeMeasurement(double mediaSeconds)
    {
        private readonly long _start = Now();

        public void Succeeded() => s_speed.Record(mediaSeconds / Math.Max(0.001, SecondsSince(_start)));

#pragma warning disable RS0030 // A measurement of real time, never seen by an orchestration.
        private static long Now() => Stopwatch.GetTimestamp();

        private static double SecondsSince(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
#pragma warning restore RS0030
    }
}
