using System.Diagnostics;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>A test that mounts a file system, skipped where that is not permitted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootOnLinuxFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> s_canMount = new(CanMount);

    public RootOnLinuxFactAttribute()
    {
        if (!s_canMount.Value)
        {
            Skip = "Mounting a file system takes root on Linux.";
        }
    }

    private static bool CanMount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        string folder = Directory.CreateTempSubdirectory("vod-mount-").FullName;
        using Process mount = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", "mount -t tmpfs -o size=1m tmpfs \"$0\" && umount \"$0\"; code=$?; rmdir \"$0\"; exit $code", folder])
        {
            RedirectStandardError = true,
        })!;
        mount.StandardError.ReadToEnd();
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }
}
