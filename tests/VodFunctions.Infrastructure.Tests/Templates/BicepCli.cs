using System.Diagnostics;
using System.Reflection;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>The Bicep CLI, as NuGet has restored it.</summary>
internal static class BicepCli
{
    /// <summary>The program; none on a platform that has no package of it.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Runs it in a folder.</summary>
    /// <returns>What it said on both streams, diagnostics among it.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process bicep = Process.Start(start)!;
        Task<string> errors = bicep.StandardError.ReadToEndAsync();
        string said = await bicep.StandardOutput.ReadToEndAsync() + await errors;
        await bicep.WaitForExitAsync();
        return bicep.ExitCode == 0 ? said : throw new InvalidOperationException($"bicep {string.Join(' ', arguments)}: {said}");
    }

    private static string? Find()
    {
        string? folder = typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .SingleOrDefault(attribute => attribute.Key == "BicepFolder")?.Value;
        if (string.IsNullOrEmpty(folder) || OperatingSystem.IsWindows())
        {
            return null;
        }

        // Packages do not say that a file is a program.
        string path = System.IO.Path.Combine(folder, "tools", "bicep");
        UnixFileMode mode = File.GetUnixFileMode(path);
        if (!mode.HasFlag(UnixFileMode.UserExecute))
        {
            File.SetUnixFileMode(path, mode | UnixFileMode.UserExecute);
        }

        return path;
    }
}
