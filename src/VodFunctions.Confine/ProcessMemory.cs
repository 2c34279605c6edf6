namespace VodFunctions.Confine;

/// <summary>What other processes of the same user see of this one.</summary>
public static class ProcessMemory
{
    /// <summary>
    /// Hides this process's memory and environment from all but root (<c>PR_SET_DUMPABLE</c>, prctl(2)); it writes no core
    /// dumps from then on. Linux only; elsewhere it does nothing.
    /// </summary>
    public static void Hide()
    {
        if (OperatingSystem.IsLinux())
        {
            NativeMethods.MakeUndumpable();
        }
    }
}
