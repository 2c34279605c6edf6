using System.Diagnostics;
using VodFunctions.Bench.Measuring;

namespace VodFunctions.Bench.Bare;

/// <summary>Runs the bare command and measures it.</summary>
internal static class BareRun
{
    /// <summary>Runs it; its files are removed again. No other child of this process may end meanwhile.</summary>
    public static async Task<Usage> MeasureAsync(
        Func<string, IReadOnlyList<string>> command, string folder, int storage, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        CpuTime storageBefore = ProcStat.Read(storage);
        CpuTime before = ProcStat.Read(Environment.ProcessId);
        long began = Stopwatch.GetTimestamp();
        await Tool.RunAsync("ffmpeg", command(folder), cancellationToken);
        TimeSpan wall = Stopwatch.GetElapsedTime(began);
        CpuTime used = ProcStat.Read(Environment.ProcessId) - before;
        TimeSpan storageUsed = (ProcStat.Read(storage) - storageBefore).Total;
        Directory.Delete(folder, recursive: true);

        // All of it is the child's: what this process itself used is not FFmpeg's.
        return new(wall, new(TimeSpan.Zero, used.Children), storageUsed);
    }
}
