using VodFunctions.Core.Settings;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>How this machine runs FFmpeg: which programs, and what its sandbox can do. Found once.</summary>
/// <param name="WrapperFolder">Where the wrapper is, under two names.</param>
/// <param name="FFmpeg">The program's path.</param>
/// <param name="FFprobe">The program's path.</param>
/// <param name="Isolation">What keeps FFmpeg from files, network and other processes.</param>
/// <param name="Privileges">What FFmpeg gives up.</param>
/// <param name="MaxMemoryBytes">Address space of one process, in bytes.</param>
public sealed record SandboxPlan(
    string WrapperFolder, string FFmpeg, string FFprobe, SandboxIsolation Isolation, SandboxPrivileges Privileges,
    long MaxMemoryBytes)
{
    /// <summary>What was found out by trying to get out (<see cref="IsolationCheck"/>).</summary>
    public IsolationLevel Level { get; init; }

    /// <summary>The assembly of <c>VodFunctions.Confine</c>.</summary>
    internal string ConfineAssembly { get; init; } = ConfineProgram.Assembly;

    /// <summary>One sentence for operators.</summary>
    public string Description => $"FFmpeg's isolation is {Level}: it runs " + Isolation switch
    {
        SandboxIsolation.Bubblewrap => "in namespaces of its own (bubblewrap)",
        SandboxIsolation.Confine => "confined by Landlock and seccomp",
        _ => "without namespaces and without Landlock",
    } + ", " + Privileges switch
    {
        SandboxPrivileges.Uid => "as nobody",
        SandboxPrivileges.Caps => "as this user without any capability",
        SandboxPrivileges.Flag => "as this user without a way to more privileges",
        _ => "with this user's privileges",
    } + Level switch
    {
        IsolationLevel.Full => ".",
        IsolationLevel.Secrets => "; it could reach the network.",
        _ => "; it could read this user's files and secrets, and reach the network.",
    };
}

/// <summary>What keeps FFmpeg from files, network and other processes, strongest first.</summary>
public enum SandboxIsolation
{
    /// <summary>A file system, network, processes and IPC of its own, by bubblewrap: as root, or in a user namespace.</summary>
    Bubblewrap,

    /// <summary>Landlock and seccomp, which need no privilege: <c>VodFunctions.Confine</c>.</summary>
    Confine,

    /// <summary>Nothing: macOS, or an old kernel.</summary>
    None,
}

/// <summary>What a process gives up before FFmpeg begins, most first.</summary>
public enum SandboxPrivileges
{
    /// <summary>Root, all capabilities and the way to new privileges: it runs as nobody (65534).</summary>
    Uid,

    /// <summary>All capabilities, and the way to new privileges.</summary>
    Caps,

    /// <summary>The way to new privileges (no_new_privs).</summary>
    Flag,

    /// <summary>Nothing.</summary>
    None,
}
