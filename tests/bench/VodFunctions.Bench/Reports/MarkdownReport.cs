using System.Globalization;
using System.Text;
using VodFunctions.Bench.Load;
using VodFunctions.Bench.Measuring;
using VodFunctions.Bench.Notices;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.Bench.Reports;

/// <summary>Tables that can be pasted into docs/benchmarks.md.</summary>
internal static class MarkdownReport
{
    public static string Build(
        Machine machine, IReadOnlyList<JobSeries> series, IReadOnlyList<LoadResult> load, IReadOnlyList<NoticeSeries> notices)
    {
        var text = new StringBuilder();
        text.Append(machine.Describe()).Append("\n\n");
        Jobs(text, series);
        text.Append('\n');
        foreach (string goal in series.Where(one => one.Grouping == Grouping.SharedDecode).SelectMany(Goal.Lines))
        {
            text.Append("- ").Append(goal).Append('\n');
        }

        if (load.Count > 0)
        {
            text.Append('\n');
            Load(text, load);
        }

        if (notices.Count > 0)
        {
            text.Append('\n');
            Notices(text, notices);
        }

        return text.ToString();
    }

    private static void Jobs(StringBuilder text, IReadOnlyList<JobSeries> series)
    {
        text.Append("| clip | grouping | wall s: bare | job | ratio | x real time: bare | job "
            + "| CPU s: bare | job | of it the host | ratio | storage CPU s |\n");
        text.Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (JobSeries one in series)
        {
            double bareWall = one.Over(pair => pair.Bare.Wall.TotalSeconds).Median;
            double jobWall = one.Over(pair => pair.Job.Wall.TotalSeconds).Median;
            Append(text, $"| {one.Clip} | {one.Grouping} ");
            Append(text, $"| {Range(one, pair => pair.Bare.Wall.TotalSeconds, "0.0")} ");
            Append(text, $"| {Range(one, pair => pair.Job.Wall.TotalSeconds, "0.0")} ");
            Append(text, $"| {Range(one, pair => pair.WallRatio, "0.00")} ");
            Append(text, $"| {one.ClipSeconds / bareWall:0.00} | {one.ClipSeconds / jobWall:0.00} ");
            Append(text, $"| {Range(one, pair => pair.Bare.Cpu.Total.TotalSeconds, "0.0")} ");
            Append(text, $"| {Range(one, pair => pair.Job.Cpu.Total.TotalSeconds, "0.0")} ");
            Append(text, $"| {one.Over(pair => pair.Job.Cpu.Own.TotalSeconds).Median:0.0} ");
            Append(text, $"| {Range(one, pair => pair.CpuRatio, "0.00")} ");
            Append(text, $"| {one.Over(pair => pair.Job.StorageCpu.TotalSeconds).Median:0.0} |\n");
        }
    }

    private static void Load(StringBuilder text, IReadOnlyList<LoadResult> load)
    {
        text.Append("| endpoint, 16 connections | requests/s | p50 ms | p99 ms | failed | host CPU ms each | storage CPU ms each |\n");
        text.Append("| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (LoadResult one in load)
        {
            Append(text, $"| {one.Name} | {one.PerSecond:0} | {one.Median.TotalMilliseconds:0.0} ");
            Append(text, $"| {one.P99.TotalMilliseconds:0.0} | {one.Failed} ");
            Append(text, $"| {one.HostCpu.TotalMilliseconds:0.00} | {one.StorageCpu.TotalMilliseconds:0.00} |\n");
        }
    }

    private static void Notices(StringBuilder text, IReadOnlyList<NoticeSeries> notices)
    {
        text.Append("| push delay: from both true to the notice's frame | samples | p50 ms | p99 ms | longest ms |\n");
        text.Append("| --- | --- | --- | --- | --- |\n");
        foreach (NoticeSeries one in notices)
        {
            TimeSpan[] sorted = [.. one.Delays.Order()];
            Append(text, $"| {one.Name} | {sorted.Length} | {Percentile.At(sorted, 0.5).TotalMilliseconds:0} ");
            Append(text, $"| {Percentile.At(sorted, 0.99).TotalMilliseconds:0} | {sorted[^1].TotalMilliseconds:0} |\n");
        }
    }

    private static string Range(JobSeries series, Func<Pair, double> value, string format)
    {
        Spread spread = series.Over(value);
        string median = spread.Median.ToString(format, CultureInfo.InvariantCulture);
        return series.Pairs.Count == 1 ? median : string.Create(
            CultureInfo.InvariantCulture, $"{median} ({spread.Min.ToString(format, CultureInfo.InvariantCulture)}"
            + $"-{spread.Max.ToString(format, CultureInfo.InvariantCulture)})");
    }

    private static void Append(StringBuilder text, FormattableString part) =>
        text.Append(part.ToString(CultureInfo.InvariantCulture));
}
