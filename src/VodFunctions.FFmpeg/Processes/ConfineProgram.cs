using System.Runtime.InteropServices;
using VodFunctions.Confine;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>How <c>VodFunctions.Confine</c> is started: as a program of its own, by the runtime that this process runs on.</summary>
internal static class ConfineProgram
{
    /// <summary>
    /// <c>env</c>, then the runtime. A small heap, because the wrapper limits the address space; no diagnostics, because they
    /// open a socket in the temp folder; no double mapping of code, because it is made of a file and those are limited too.
    /// </summary>
    private static readonly string[] s_environment =
        ["env", "DOTNET_GCHeapHardLimit=0x2000000", "DOTNET_EnableDiagnostics=0", "DOTNET_EnableWriteXorExecute=0"];

    /// <summary>The path of its assembly, beside this one.</summary>
    public static string Assembly => typeof(ConfineException).Assembly.Location;

    /// <summary>The words before the program that is to be confined, which may be a name on the path.</summary>
    /// <param name="assembly">The path of <see cref="Assembly"/>, or of a copy.</param>
    /// <param name="readable">Files and folders to read and execute.</param>
    /// <param name="writable">Folders to write in.</param>
    public static IReadOnlyList<string> Command(string assembly, IEnumerable<string> readable, IEnumerable<string> writable) =>
    [
        .. s_environment, Runtime(), "exec", assembly,
        .. readable.SelectMany(path => new[] { "-read", path }),
        .. writable.SelectMany(path => new[] { "-write", path }),
        // Confine starts full paths only; what gives up privileges is found on the path.
        "--", "/usr/bin/env",
    ];

    /// <summary>The <c>dotnet</c> three folders above the framework's: <c>shared/Microsoft.NETCore.App/10.0.1/</c>.</summary>
    private static string Runtime() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
