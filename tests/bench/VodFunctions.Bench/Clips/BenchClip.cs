namespace VodFunctions.Bench.Clips;

/// <summary>A clip to measure with.</summary>
/// <param name="Name">For the tables.</param>
/// <param name="Path">The file.</param>
internal sealed record BenchClip(string Name, string Path);
