using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>A shell script in FFmpeg's place: what an attacker whose file took FFmpeg over would run.</summary>
internal sealed class Impostor : IDisposable
{
    private const UnixFileMode Public =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TestFolder _folder = new();

    /// <param name="script">Gets FFmpeg's arguments, runs in FFmpeg's folder. <c>SECRET</c> and <c>VICTIMS</c> stand for paths.</param>
    public Impostor(string script)
    {
        Secret = _folder.Write("host.key", "a secret of the host");
        Victims = Directory.CreateDirectory(_folder.File("victims")).FullName;
        string program = _folder.Write(
            "ffmpeg", $"#!/bin/sh\n{script.Replace("SECRET", Secret).Replace("VICTIMS", Victims)}\n");
        File.SetUnixFileMode(_folder.Path, Public);
        File.SetUnixFileMode(program, Public);
        Program = program;
    }

    /// <summary>A file that the host can read.</summary>
    public string Secret { get; }

    /// <summary>A folder that the host can write.</summary>
    public string Victims { get; }

    private string Program { get; }

    /// <summary>The real runner and wrapper around it.</summary>
    public MediaProcessRunner Runner(SandboxPlan plan) => Sandboxes.Runner(plan with { FFmpeg = Program });

    public void Dispose() => _folder.Dispose();
}
