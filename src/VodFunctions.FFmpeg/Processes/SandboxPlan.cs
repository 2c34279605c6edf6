using System.Globalization;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>How this machine runs FFmpeg: which programs, and what its sandbox can do. Found once.</summary>
/// <param name="WrapperFolder">Where the wrapper is, under two names.</param>
/// <param name="FFmpeg">The program's path.</param>
/// <param name="FFprobe">The program's path.</param>
/// <param name="Isolation">Namespaces of its own.</param>
/// <param name="Privileges">What the program gives up.</param>
/// <param name="MaxMemoryBytes">Address space of one process, in bytes.</param>
public sealed record SandboxPlan(
    string WrapperFolder, string FFmpeg, string FFprobe, SandboxIsolation Isolation, SandboxPrivileges Privileges,
    long MaxMemoryBytes)
{
    /// <summary>SIGXFSZ and block size of <c>ulimit -f</c> (POSIX).</summary>
    private const long BlockBytes = 512;

    /// <summary>One sentence for operators.</summary>
    public string Description => "FFmpeg runs " + Isolation switch
    {
        SandboxIsolation.None => "without namespaces of its own (it could reach the network)",
        _ => "without a network, in a process namespace of its own",
    } + ", " + Privileges switch
    {
        SandboxPrivileges.Uid => "as nobody",
        SandboxPrivileges.Caps => "as this user without any capability",
        SandboxPrivileges.Flag => "as this user without a way to more privileges",
        _ => "with this user's privileges",
    } + ".";

    /// <summary>The wrapper's options for a run, to stand before the program's arguments.</summary>
    internal IEnumerable<string> OptionsFor(MediaProcessStart start)
    {
        long blocks = ((start.MaxWorkBytes ?? 0) + BlockBytes - 1) / BlockBytes;
        List<string> options =
        [
            "-vod-tool", start.Tool == MediaTool.FFmpeg ? FFmpeg : FFprobe,
            "-vod-memory", (MaxMemoryBytes / 1024).ToString(CultureInfo.InvariantCulture),
            "-vod-file", blocks.ToString(CultureInfo.InvariantCulture),
            "-vod-isolate", Isolation.ToString().ToLowerInvariant(),
            "-vod-privs", Privileges.ToString().ToLowerInvariant(),
        ];
        if (start.MaxCpuTime is { } cpu)
        {
            options.AddRange(["-vod-cpu", Math.Ceiling(cpu.TotalSeconds).ToString(CultureInfo.InvariantCulture)]);
        }

        if (start.MaxWorkBytes is not null)
        {
            options.Add("-vod-writes");
        }

        return options;
    }
}

/// <summary>Which namespaces a process gets; containers and macOS often permit none.</summary>
public enum SandboxIsolation
{
    /// <summary>None.</summary>
    None,

    /// <summary>Network, processes and IPC, in a user namespace: no root needed.</summary>
    User,

    /// <summary>Network, processes and IPC, made as root.</summary>
    Root,
}

/// <summary>What a process gives up before FFmpeg begins.</summary>
public enum SandboxPrivileges
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The way to new privileges (no_new_privs).</summary>
    Flag,

    /// <summary>That and all capabilities.</summary>
    Caps,

    /// <summary>That and root: it runs as nobody (65534).</summary>
    Uid,
}
