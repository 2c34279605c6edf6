namespace VodFunctions.Bench.Measuring;

/// <summary>CPU time of a process: its own, and that of all descendants that have ended and were waited for.</summary>
/// <param name="Own">User and system time of the process itself.</param>
/// <param name="Children">User and system time of its ended children, theirs included.</param>
internal readonly record struct CpuTime(TimeSpan Own, TimeSpan Children)
{
    public TimeSpan Total => Own + Children;

    public static CpuTime operator -(CpuTime later, CpuTime earlier) =>
        new(later.Own - earlier.Own, later.Children - earlier.Children);
}

/// <summary>What one run took.</summary>
/// <param name="Wall">Elapsed time.</param>
/// <param name="Cpu">Of the run's processes.</param>
/// <param name="StorageCpu">Of the storage emulator meanwhile; it stands for a service elsewhere and is told apart.</param>
internal sealed record Usage(TimeSpan Wall, CpuTime Cpu, TimeSpan StorageCpu);
