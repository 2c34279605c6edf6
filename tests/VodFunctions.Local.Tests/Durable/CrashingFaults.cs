using VodFunctions.Local.Durable.Journaling;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>
/// Kills the process, as far as the journal can tell: at one moment (before or after the n-th commit) it copies the
/// files
/// as they are, what is not committed included, and lets nothing through any more. The copy is what the next run finds.
/// </summary>
internal sealed class CrashingFaults(string folder, string copyFolder, int moment) : IJournalFaults
{
    private int _moments;

    /// <summary>No more effects count.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Where it was killed.</summary>
    public string Where { get; private set; } = "";

    public void BeforeCommit(string transaction) => Pass($"before {transaction}");

    public void AfterCommit(string transaction) => Pass($"after {transaction}");

    private void Pass(string where)
    {
        if (IsDead)
        {
            throw new KilledException();
        }

        if (++_moments == moment)
        {
            foreach (string name in new[] { JournalDatabase.FileName, JournalDatabase.FileName + "-wal" })
            {
                File.Copy(Path.Combine(folder, name), Path.Combine(copyFolder, name));
            }

            (Where, IsDead) = (where, true);
            throw new KilledException();
        }
    }
}

internal sealed class KilledException() : Exception("The process was killed.");
