using System.Diagnostics;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>Finds what a host has running: by the work folder that is its own, in arguments or as current folder.</summary>
internal static class HostChildren
{
    public static IReadOnlyList<string> Of(string workFolder) =>
        Directory.Exists("/proc/self") ? FromProc(workFolder) : FromPs(workFolder);

    private static List<string> FromProc(string workFolder)
    {
        List<string> found = [];
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), out _))
            {
                continue;
            }

            try
            {
                string arguments = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
                string? current = new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
                if (arguments.Contains(workFolder, StringComparison.Ordinal)
                    || current?.StartsWith(workFolder, StringComparison.Ordinal) is true)
                {
                    found.Add($"{Path.GetFileName(process)} {arguments}");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended just now, or is somebody else's.
            }
        }

        return found;
    }

    private static List<string> FromPs(string workFolder)
    {
        using Process ps = Process.Start(
            new ProcessStartInfo("ps", ["-A", "-ww", "-o", "pid=,args="]) { RedirectStandardOutput = true })!;
        return [.. ps.StandardOutput.ReadToEnd().Split('\n').Where(line => line.Contains(workFolder, StringComparison.Ordinal))];
    }
}
