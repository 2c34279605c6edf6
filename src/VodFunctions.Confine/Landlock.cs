using System.Runtime.InteropServices;

namespace VodFunctions.Confine;

/// <summary>
/// Restricts this process, and what it becomes, to the files that it is given: Linux's Landlock (5.13 or newer), which asks
/// for no privilege. Where the kernel knows them, TCP (6.7) and signals and abstract sockets to other processes (6.12) are
/// refused as well. It also keeps the process from looking into processes that are not restricted like it.
/// Source: the kernel's <c>Documentation/userspace-api/landlock.rst</c>.
/// </summary>
internal static class Landlock
{
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;
    private const int AskForVersion = 1;
    private const int PathBeneath = 1;

    /// <summary>Never writable by rules below it: device nodes that programs expect.</summary>
    private static readonly string[] s_devices = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

    /// <param name="readable">Files and folders to read and execute. What is not there is left out.</param>
    /// <param name="writable">Folders to write in.</param>
    /// <exception cref="ConfineException">The kernel has no Landlock, or it is switched off.</exception>
    public static void Restrict(IEnumerable<string> readable, IEnumerable<string> writable)
    {
        int version = NativeMethods.Check(
            NativeMethods.SystemCall(CreateRuleset, 0, 0, AskForVersion, 0), "Landlock");
        int ruleset = Create(version);
        foreach (string path in readable)
        {
            Allow(ruleset, path, FileRights.Read | FileRights.Execute, version);
        }

        foreach (string path in s_devices)
        {
            Allow(ruleset, path, FileRights.Read | FileRights.Write, version);
        }

        foreach (string path in writable)
        {
            Allow(ruleset, path, FileRights.Read | FileRights.Write | FileRights.Change, version);
        }

        NativeMethods.Check(NativeMethods.SystemCall(RestrictSelf, ruleset, 0, 0, 0), "Landlock");
    }

    private static unsafe int Create(int version)
    {
        var attributes = new RulesetAttributes
        {
            HandledFileRights = FileRights.All & FileRights.KnownTo(version),
            HandledNetworkRights = version >= 4 ? 0b11UL : 0,
            Scoped = version >= 6 ? 0b11UL : 0,
        };
        nint size = version switch { >= 6 => 24, >= 4 => 16, _ => 8 };
        return NativeMethods.Check(NativeMethods.SystemCall(CreateRuleset, (nint)(&attributes), size, 0, 0), "Landlock");
    }

    private static unsafe void Allow(int ruleset, string path, ulong rights, int version)
    {
        // Closed by the kernel when this process becomes the program.
        int descriptor = NativeMethods.Open(path, NativeMethods.OpenPathOnly | NativeMethods.CloseOnExec);
        if (descriptor < 0)
        {
            return;
        }

        // The kernel refuses a rule that gives a single file the rights of a folder.
        ulong possible = Directory.Exists(path) ? FileRights.All : FileRights.OfFiles;
        var rule = new PathRule { Rights = rights & possible & FileRights.KnownTo(version), Parent = descriptor };
        NativeMethods.Check(NativeMethods.SystemCall(AddRule, ruleset, PathBeneath, (nint)(&rule), 0), "a rule of Landlock");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RulesetAttributes
    {
        public ulong HandledFileRights;
        public ulong HandledNetworkRights;
        public ulong Scoped;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct PathRule
    {
        public ulong Rights;
        public int Parent;
    }

    /// <summary>Landlock's bits.</summary>
    private static class FileRights
    {
        public const ulong Execute = 1 << 0;

        /// <summary>Files, and lists of folders.</summary>
        public const ulong Read = 1 << 2 | 1 << 3;

        /// <summary>Into files that are there, shortening included.</summary>
        public const ulong Write = 1 << 1 | 1 << 14;

        /// <summary>Make and remove files and folders, and move them between folders. No links, pipes, sockets or devices.</summary>
        public const ulong Change = 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 13;

        public const ulong OfFiles = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15;

        public const ulong All = (1 << 16) - 1;

        public static ulong KnownTo(int version) => version switch
        {
            1 => (1 << 13) - 1,
            2 => (1 << 14) - 1,
            3 or 4 => (1 << 15) - 1,
            _ => All,
        };
    }
}
