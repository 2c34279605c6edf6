namespace VodFunctions.Bench.Notices;

/// <summary>How long notices took in one situation.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Delays">One for each notice, in any order; at least one.</param>
internal sealed record NoticeSeries(string Name, IReadOnlyList<TimeSpan> Delays);
