namespace VodFunctions.Bench.Measuring;

/// <summary>Percentiles by nearest rank: always one of the measured values.</summary>
internal static class Percentile
{
    /// <summary>What that share of the values does not exceed.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">From 0 to 1.</param>
    public static TimeSpan At(IReadOnlyList<TimeSpan> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
