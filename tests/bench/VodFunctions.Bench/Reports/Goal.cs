using System.Globalization;

namespace VodFunctions.Bench.Reports;

/// <summary>What a whole job may cost compared with the bare command.</summary>
internal static class Goal
{
    private const double MostCpu = 1.10;
    private const double MostWall = 1.15;
    private const double MoreWallSeconds = 1;

    /// <summary>One line for each goal of a series: the median of the pairs decides.</summary>
    public static IEnumerable<string> Lines(JobSeries series)
    {
        double cpu = series.Over(pair => pair.CpuRatio).Median;
        double excess = series.Over(pair => pair.Job.Wall.TotalSeconds - (MostWall * pair.Bare.Wall.TotalSeconds)).Median;
        string what = $"{series.Grouping}, {series.Clip}";
        yield return Text($"{what}: CPU {cpu:0.00} times the bare command's, at most {MostCpu:0.00}: {Met(cpu <= MostCpu)}");
        string met = Met(excess <= MoreWallSeconds);
        yield return Text(
            $"{what}: wall {MostWall:0.00} times the bare command's {excess:+ 0.00;- 0.00} s, at most + {MoreWallSeconds:0} s: {met}");
    }

    private static string Met(bool met) => met ? "met" : "NOT met";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
