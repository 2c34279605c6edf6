namespace VodFunctions.FFmpeg.Tests.Processes;

/// <summary>A machine or container as hosts meet them, made of this one. Needs root.</summary>
/// <param name="Name">As <c>docs/media.md</c> names it.</param>
/// <param name="User">The user that the host runs as.</param>
/// <param name="HasNamespaces">Whether the host may make namespaces.</param>
internal sealed record Situation(string Name, int User, bool HasNamespaces)
{
    public static IReadOnlyList<Situation> All { get; } =
    [
        new("root, namespaces", 0, HasNamespaces: true),
        new("a user, user namespaces", 1000, HasNamespaces: true),
        new("container as root, without `CAP_SYS_ADMIN`", 0, HasNamespaces: false),
        new("container as a user, without user namespaces", 1000, HasNamespaces: false),
    ];

    /// <summary>The words before a command that put it into the situation, in the folder that it is to run in.</summary>
    /// <param name="folder">The command's current folder.</param>
    /// <param name="mountPoint">An empty folder.</param>
    public IReadOnlyList<string> Prefix(string folder, string mountPoint) =>
    [
        // The kernel refuses user namespaces to a process whose root folder is not that of its mount namespace.
        .. HasNamespaces
            ? Array.Empty<string>()
            : ["unshare", "--mount", "--propagation", "private", "sh", "-c", "mount --rbind / \"$0\" && exec chroot \"$0\" \"$@\"", mountPoint],
        .. (User, HasNamespaces) switch
        {
            (0, true) => Array.Empty<string>(),
            (0, false) => ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", "--"],
            _ =>
            [
                "setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--",
            ],
        },
        "sh", "-c", "cd \"$0\" && exec \"$@\"", folder,
    ];

    public override string ToString() => Name;
}
