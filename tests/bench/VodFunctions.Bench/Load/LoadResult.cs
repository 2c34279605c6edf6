namespace VodFunctions.Bench.Load;

/// <summary>What an endpoint did under load.</summary>
/// <param name="Name">Method and path.</param>
/// <param name="PerSecond">Answered requests a second.</param>
/// <param name="Median">Half of them took at most that.</param>
/// <param name="P99">99 of 100 took at most that.</param>
/// <param name="Failed">Answers other than 2xx; they count in nothing else.</param>
/// <param name="HostCpu">The host's CPU time for one request.</param>
/// <param name="StorageCpu">The storage emulator's.</param>
internal sealed record LoadResult(
    string Name, double PerSecond, TimeSpan Median, TimeSpan P99, int Failed, TimeSpan HostCpu, TimeSpan StorageCpu);
