using System.Diagnostics;
using VodFunctions.Testing.Azurite;

namespace VodFunctions.Core.Tests.Orchestration;

/// <summary>
/// A copy of Core in a folder of its own, to which a test adds a file and which it then builds. The packages are those that
/// the real one was restored with, so that no feed is asked.
/// </summary>
internal sealed class GuardedBuild : IDisposable
{
    private const string Project = "VodFunctions.Core";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly string[] s_rules =
        [".editorconfig", "global.json", "Directory.Build.props", "Directory.Packages.props"];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("vod-guard-");

    public GuardedBuild()
    {
        foreach (string file in s_rules)
        {
            File.Copy(Path.Combine(RepositoryRoot.Path, file), Path.Combine(_root.FullName, file));
        }

        string source = Path.Combine(RepositoryRoot.Path, "src", Project);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(source, file);
            if (!IsBuilt(name) || IsRestored(name))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Target(name))!);
                File.Copy(file, Target(name));
            }
        }
    }

    public void Add(string name, string code) => File.WriteAllText(Target(name), code);

    /// <summary>Builds it.</summary>
    /// <returns>The exit code, and what the build said.</returns>
    public async Task<(int Code, string Output)> BuildAsync()
    {
        using var limit = new CancellationTokenSource(s_limit);
        using Process build = Process.Start(StartInfo())!;
        using CancellationTokenRegistration kill = limit.Token.Register(() => build.Kill(entireProcessTree: true));
        Task<string> output = build.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = build.StandardError.ReadToEndAsync(CancellationToken.None);
        await build.WaitForExitAsync(CancellationToken.None);
        limit.Token.ThrowIfCancellationRequested();
        return (build.ExitCode, await output + await errors);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(
            "dotnet",
            ["build", Target(Project + ".csproj"), "--no-restore", "-nologo", "-v", "quiet", "-nr:false", "-clp:NoSummary"])
        {
            WorkingDirectory = _root.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the build that runs this test has set for itself.
        foreach (string name in info.Environment.Keys.Where(IsOfBuild).ToArray())
        {
            info.Environment.Remove(name);
        }

        info.Environment["UseSharedCompilation"] = "false";
        info.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return info;
    }

    private string Target(string name) => Path.Combine(_root.FullName, "src", Project, name);

    private static bool IsOfBuild(string name) => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase);

    private static bool IsBuilt(string name) => name.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    private static bool IsRestored(string name) =>
        name.StartsWith("obj", StringComparison.Ordinal)
        && Path.GetDirectoryName(name) == "obj"
        && (name.EndsWith("project.assets.json", StringComparison.Ordinal) || name.Contains(".nuget.g.", StringComparison.Ordinal));
}
