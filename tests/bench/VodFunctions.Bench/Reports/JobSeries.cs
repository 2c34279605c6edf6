using VodFunctions.Bench.Measuring;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.Bench.Reports;

/// <summary>A bare run and the job that came right after it: what disturbs one is likely to disturb both.</summary>
internal sealed record Pair(Usage Bare, Usage Job)
{
    public double CpuRatio => Job.Cpu.Total / Bare.Cpu.Total;

    public double WallRatio => Job.Wall / Bare.Wall;
}

/// <summary>All pairs of one clip and grouping.</summary>
internal sealed record JobSeries(string Clip, double ClipSeconds, Grouping Grouping, IReadOnlyList<Pair> Pairs)
{
    public Spread Over(Func<Pair, double> value) => Spread.Of(Pairs.Select(value));
}
