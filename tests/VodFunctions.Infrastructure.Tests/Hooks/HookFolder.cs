using System.Diagnostics;
using VodFunctions.Testing;

namespace VodFunctions.Infrastructure.Tests.Hooks;

/// <summary>The hooks in a repository of their own, where tools that a test makes stand before those of this machine.</summary>
internal sealed class HookFolder : IDisposable
{
    public HookFolder()
    {
        string hooks = Directory.CreateDirectory(Path.Combine(Root, "bicep", "hooks")).FullName;
        foreach (string file in Directory.EnumerateFiles(Repository.File("bicep", "hooks")))
        {
            File.Copy(file, Path.Combine(hooks, Path.GetFileName(file)));
        }

        Directory.CreateDirectory(Path.Combine(Root, "tmp"));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("vod-hooks-").FullName;

    /// <summary>What the hooks have left in the folder for temporary files.</summary>
    public IEnumerable<string> LeftBehind => Directory.EnumerateFileSystemEntries(Path.Combine(Root, "tmp"));

    /// <summary>Makes a tool of a shell script.</summary>
    public void Tool(string name, string script)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(Root, "bin")).FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Runs a hook as azd does.</summary>
    /// <param name="name">Of its file.</param>
    /// <param name="settings">What azd gives it; of a name that comes twice the last, and an empty value is none.</param>
    public Task<HookRun> RunAsync(string name, IEnumerable<(string Name, string Value)> settings) =>
        RunScriptAsync(Path.Combine("bicep", "hooks", name), [], settings);

    /// <summary>Runs a script of this repository.</summary>
    /// <param name="path">From its root.</param>
    /// <param name="arguments">Of the script.</param>
    /// <param name="settings">Its environment, beside this process's own.</param>
    public async Task<HookRun> RunScriptAsync(
        string path, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Root, path), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string setting, string value) in settings)
        {
            start.Environment[setting] = value;
        }

        start.Environment["PATH"] = $"{Path.Combine(Root, "bin")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["TMPDIR"] = Path.Combine(Root, "tmp");
        using Process hook = Process.Start(start)!;
        Task<string> errors = hook.StandardError.ReadToEndAsync();
        string output = await hook.StandardOutput.ReadToEndAsync();
        await hook.WaitForExitAsync();
        return new HookRun(hook.ExitCode, output, await errors);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
