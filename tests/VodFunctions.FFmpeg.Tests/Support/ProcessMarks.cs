using System.Globalization;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Finds the processes of one test: each sleeps for a number of seconds that no other test uses.</summary>
internal sealed class ProcessMarks : IDisposable
{
    private static int s_last = Environment.ProcessId * 100 % 1_000_000;

    private readonly string _seconds =
        (1_000_000 + Interlocked.Increment(ref s_last)).ToString(CultureInfo.InvariantCulture);

    public string Sleep => $"sleep {_seconds}";

    /// <summary>A program that ignores what asks it to end, with a child and a grandchild.</summary>
    public string StubbornTree => $"trap '' TERM INT HUP; {Sleep} & (trap '' TERM; ({Sleep}; :); :) & while :; do {Sleep}; done";

    public IReadOnlyList<int> Running() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
            .Where(id => id != 0 && IsOurs(id)),
    ];

    public void Dispose()
    {
        foreach (int id in Running())
        {
            try
            {
                System.Diagnostics.Process.GetProcessById(id).Kill();
            }
            catch (ArgumentException)
            {
                // It has ended.
            }
        }
    }

    private bool IsOurs(int id)
    {
        try
        {
            // A dead process that nobody has waited for has no command line.
            string command = File.ReadAllText($"/proc/{id}/cmdline");
            return command.Split('\0') is ["sleep", var seconds, ..] && seconds == _seconds;
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
