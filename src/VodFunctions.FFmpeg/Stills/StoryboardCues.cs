using System.Globalization;
using System.Text;
using VodFunctions.Core.Publishing;

namespace VodFunctions.FFmpeg.Stills;

/// <summary>Writes the WebVTT that says which part of the sheet stands for which seconds (Media Fragments, <c>#xywh=</c>).</summary>
internal static class StoryboardCues
{
    /// <summary>Writes it; the sheet's address is relative to the file's own.</summary>
    public static string Build(StoryboardPlan plan, double durationSeconds)
    {
        var text = new StringBuilder("WEBVTT\n");
        long end = Math.Max(1, (long)Math.Round(durationSeconds * 1000));
        for (int i = 0; i < plan.Count; i++)
        {
            (int x, int y) = plan.At(i);
            long from = i * plan.IntervalMilliseconds;
            long to = i == plan.Count - 1 ? Math.Max(end, from + 1) : from + plan.IntervalMilliseconds;
            text.Append(CultureInfo.InvariantCulture, $"\n{Time(from)} --> {Time(to)}\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{MediaFiles.StoryboardSheet}#xywh={x},{y},{plan.Tile.Width},{plan.Tile.Height}\n");
        }

        return text.ToString();
    }

    private static string Time(long milliseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{milliseconds / 3_600_000:D2}:{milliseconds / 60_000 % 60:D2}:{milliseconds / 1000 % 60:D2}.{milliseconds % 1000:D3}");
}
