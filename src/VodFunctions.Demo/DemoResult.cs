using System.Globalization;

namespace VodFunctions.Demo;

/// <summary>How the demo ended.</summary>
/// <param name="Video">The last that the API said.</param>
/// <param name="Watch">The master playlist; none when the job failed.</param>
/// <param name="Page">The page of the site that plays it.</param>
/// <param name="Timeline">What happened.</param>
internal sealed record DemoResult(VideoAnswer Video, Uri? Watch, Uri Page, IReadOnlyList<TimelineEntry> Timeline)
{
    /// <summary>Both states are COMPLETED.</summary>
    public bool Succeeded => Video is { Job.Status: "COMPLETED", Notification.Status: "COMPLETED" };

    /// <summary>Prints timeline, states and what to watch.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine();
        foreach (TimelineEntry entry in Timeline)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.At.TotalSeconds,8:0.00} s  {entry.Event}"));
        }

        output.WriteLine();
        output.WriteLine($"VodProcessingJob           {Video.Job?.Status}");
        output.WriteLine($"VodProcessingNotification  {Video.Notification?.Status}");
        if (Video.Job?.Error is { } error)
        {
            output.WriteLine($"{error.Code}: {error.Message}");
        }

        foreach (VideoAnswer.RenditionPart rendition in Video.Playback?.Renditions ?? [])
        {
            output.WriteLine($"  {rendition.Name}  {rendition.Width}x{rendition.Height}  {rendition.Bitrate / 1000} kbit/s");
        }

        if (Watch is not null)
        {
            output.WriteLine();
            output.WriteLine($"watch {Page}");
            output.WriteLine($"   or {Watch}");
        }
    }
}
