using System.Globalization;

namespace VodFunctions.Bench.Measuring;

/// <summary>
/// Reads <c>/proc/PID/stat</c> (proc(5)). A child's time is added to its parent's when the parent has waited for it, and so
/// upwards: the sandbox's shells wait for FFmpeg and the host for the shells, so that nothing is lost on the way.
/// </summary>
internal static class ProcStat
{
    /// <summary>USER_HZ: what Linux counts in here, on every common architecture.</summary>
    private const double TicksPerSecond = 100;

    private const int Parent = 1;
    private const int UserTime = 11;

    /// <summary>Whether this machine has it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && File.Exists("/proc/self/stat");

    /// <summary>What the process and its ended descendants have used until now.</summary>
    /// <exception cref="BenchException">It is gone.</exception>
    public static CpuTime Read(int process)
    {
        string[] fields = Fields(process) ?? throw new BenchException("A process that is measured has ended.");
        return new(Time(fields, UserTime) + Time(fields, UserTime + 1), Time(fields, UserTime + 2) + Time(fields, UserTime + 3));
    }

    /// <summary>Whether the process has children: they are not counted yet.</summary>
    public static bool HasChildren(int process)
    {
        string parent = process.ToString(CultureInfo.InvariantCulture);
        return Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? Fields(id) : null)
            .Any(fields => fields is not null && fields[Parent] == parent);
    }

    // The name, in brackets, may hold blanks and brackets itself. What follows begins with the third field, the state.
    private static string[]? Fields(int process)
    {
        try
        {
            string text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static TimeSpan Time(string[] fields, int index) =>
        TimeSpan.FromSeconds(long.Parse(fields[index], CultureInfo.InvariantCulture) / TicksPerSecond);
}
