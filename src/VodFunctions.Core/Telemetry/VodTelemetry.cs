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

    internal static TranscodeMeasurement MeasureTranscode(double mediaSeconds, string kind) => new(mediaSeconds, kind);

    /// <summary>Measures one encoder run; only one that succeeded counts.</summary>
    internal sealed class TranscodeMeasurement(double mediaSeconds, string kind) : IDisposable
    {
        private readonly Activity? _activity = Source.StartActivity($"transcode {kind}");
        private readonly long _start = Now();

        public void Succeeded() => s_speed.Record(
            mediaSeconds / Math.Max(0.001, SecondsSince(_start)), new KeyValuePair<string, object?>("kind", kind));

        public void Dispose() => _activity?.Dispose();

#pragma warning disable RS0030 // A measurement of real time, never seen by an orchestration.
        private static long Now() => Stopwatch.GetTimestamp();

        private static double SecondsSince(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
#pragma warning restore RS0030
    }
}
