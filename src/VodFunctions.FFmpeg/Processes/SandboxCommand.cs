using System.Globalization;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Builds the wrapper's arguments: its own options, what confines the program, the program, its arguments.</summary>
internal static class SandboxCommand
{
    /// <summary>The user that FFmpeg becomes where this process is root.</summary>
    private const string Nobody = "65534";

    /// <summary>Block size of <c>ulimit -f</c> (POSIX), in bytes.</summary>
    private const long BlockBytes = 512;

    private const string InputFolder = "/input";

    /// <summary>The first descriptor of the files that the wrapper lends, and how many there can be.</summary>
    private const int FirstLent = 4;
    private const int MostLent = 6;

    /// <summary>
    /// What programs and their libraries are made of; where it is not there it is left out. <c>/proc</c> is not among it: it
    /// shows the environment of others.
    /// </summary>
    private static readonly string[] s_system =
        ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/ld.so.cache", "/nix/store"];

    private static readonly string[] s_devices = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

    /// <summary>What FFmpeg may call its inputs, beside their paths: for messages that people see.</summary>
    public static IEnumerable<string> NamesOfInputs => Enumerable.Range(0, MostLent).SelectMany(index => new[] { Shown(index), Lent(index) });

    /// <summary>The arguments of a run.</summary>
    /// <param name="plan">What this machine permits.</param>
    /// <param name="start">What to run. Files that stand after <c>-i</c>, by their full paths, are its inputs.</param>
    public static IReadOnlyList<string> Build(SandboxPlan plan, MediaProcessStart start)
    {
        string tool = start.Tool == MediaTool.FFmpeg ? plan.FFmpeg : plan.FFprobe;
        IReadOnlyList<string> inputs = InputsOf(start.Arguments);

        // As nobody the program does not reach the folders above an input: it gets it under another name.
        bool lends = plan.Privileges == SandboxPrivileges.Uid;
        IReadOnlyList<string> arguments = plan.Isolation == SandboxIsolation.Bubblewrap || lends
            ? WithNames(start.Arguments, inputs, plan.Isolation == SandboxIsolation.Bubblewrap ? Shown : Lent)
            : start.Arguments;
        return
        [
            .. Limits(plan, start),
            .. lends ? inputs.SelectMany(input => new[] { "-vod-lend", input }) : [],
            .. lends && start.MaxWorkBytes is not null ? ["-vod-own", Nobody] : Array.Empty<string>(),
            .. Isolation(plan, start, Path.GetDirectoryName(tool)!, inputs),
            .. Privileges(plan),
            tool,
            .. start.Tool == MediaTool.FFmpeg ? ["-nostdin"] : Array.Empty<string>(),
            .. arguments,
        ];
    }

    private static IReadOnlyList<string> Limits(SandboxPlan plan, MediaProcessStart start)
    {
        long blocks = ((start.MaxWorkBytes ?? 0) + BlockBytes - 1) / BlockBytes;
        return
        [
            "-vod-memory", (plan.MaxMemoryBytes / 1024).ToString(CultureInfo.InvariantCulture),
            "-vod-file", blocks.ToString(CultureInfo.InvariantCulture),
            .. start.MaxCpuTime is { } cpu
                ? ["-vod-cpu", Math.Ceiling(cpu.TotalSeconds).ToString(CultureInfo.InvariantCulture)]
                : Array.Empty<string>(),
        ];
    }

    private static IReadOnlyList<string> InputsOf(IReadOnlyList<string> arguments) =>
    [
        .. arguments.Zip(arguments.Skip(1))
            .Where(pair => pair.First == "-i" && Path.IsPathFullyQualified(pair.Second) && File.Exists(pair.Second))
            .Select(pair => pair.Second).Distinct().Take(MostLent),
    ];

    private static IReadOnlyList<string> WithNames(
        IReadOnlyList<string> arguments, IReadOnlyList<string> inputs, Func<int, string> name) =>
    [
        .. arguments.Select((argument, at) =>
            at > 0 && arguments[at - 1] == "-i" && inputs.ToList().IndexOf(argument) is >= 0 and var index ? name(index) : argument),
    ];

    /// <summary>An input's name in a file system of its own.</summary>
    private static string Shown(int index) => string.Create(CultureInfo.InvariantCulture, $"{InputFolder}/{index}");

    /// <summary>An input's name as an open descriptor.</summary>
    private static string Lent(int index) => string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{FirstLent + index}");

    private static IReadOnlyList<string> Isolation(
        SandboxPlan plan, MediaProcessStart start, string toolFolder, IReadOnlyList<string> inputs) => plan.Isolation switch
        {
            SandboxIsolation.Bubblewrap => Bubblewrap(plan, start, toolFolder, inputs),
            SandboxIsolation.Confine => ConfineProgram.Command(
                plan.ConfineAssembly,
                [.. s_system, toolFolder, .. inputs, .. start.MaxWorkBytes is null ? [start.WorkFolder] : Array.Empty<string>()],
                start.MaxWorkBytes is null ? [] : [start.WorkFolder]),
            _ => [],
        };

    private static IReadOnlyList<string> Bubblewrap(
        SandboxPlan plan, MediaProcessStart start, string toolFolder, IReadOnlyList<string> inputs) =>
    [
        "bwrap", "--die-with-parent", "--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        // A user that is not root needs a user namespace for all of this, and is nobody special in it.
        .. plan.Privileges == SandboxPrivileges.Uid ? Array.Empty<string>() : ["--unshare-user-try"],
        .. FoldersAbove([.. s_system, .. s_devices, toolFolder, start.WorkFolder, Shown(0)]),
        .. s_system.Where(Path.Exists).SelectMany(Show),
        .. s_devices.SelectMany(device => new[] { "--dev-bind", device, device }),
        .. ReadOnly(toolFolder),
        .. start.MaxWorkBytes is null ? ReadOnly(start.WorkFolder) : ["--bind", start.WorkFolder, start.WorkFolder],
        .. inputs.SelectMany((input, index) => new[] { "--ro-bind", input, Shown(index) }),
        "--chdir", start.WorkFolder,
        "--",
    ];

    /// <summary>A part of the system as it is here: a folder, or the link that it is on many systems.</summary>
    private static IReadOnlyList<string> Show(string path) =>
        new FileInfo(path).LinkTarget is { } target ? ["--symlink", target, path] : ReadOnly(path);

    /// <summary>Empty folders that everybody may pass: bubblewrap would make them for root alone.</summary>
    private static IReadOnlyList<string> FoldersAbove(IReadOnlyList<string> paths) =>
    [
        .. paths.SelectMany(Ancestors).Distinct().Where(folder => !s_system.Contains(folder)).Order(StringComparer.Ordinal)
            .SelectMany(folder => new[] { "--perms", "0755", "--dir", folder }),
    ];

    private static IEnumerable<string> Ancestors(string path)
    {
        for (string? folder = Path.GetDirectoryName(path); folder is not (null or "/"); folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }

    private static IReadOnlyList<string> ReadOnly(string path) => ["--ro-bind", path, path];

    private static IReadOnlyList<string> Privileges(SandboxPlan plan) => plan.Privileges switch
    {
        SandboxPrivileges.Uid =>
        [
            "setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs", "--inh-caps=-all",
            "--bounding-set=-all", "--",
        ],
        SandboxPrivileges.Caps => ["setpriv", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--"],
        SandboxPrivileges.Flag => ["setpriv", "--no-new-privs", "--"],
        _ => [],
    };
}
