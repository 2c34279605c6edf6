namespace VodFunctions.Confine;

/// <summary>The command line.</summary>
/// <param name="Readable">Files and folders that the program may read and execute.</param>
/// <param name="Writable">Folders in which it may also write, create and remove files and folders.</param>
/// <param name="Program">The program, a full path.</param>
/// <param name="ProgramArguments">Its arguments, without its name.</param>
public sealed record ConfineArguments(
    IReadOnlyList<string> Readable, IReadOnlyList<string> Writable, string Program, IReadOnlyList<string> ProgramArguments)
{
    /// <summary>Reads <c>[-read PATH]... [-write PATH]... -- PROGRAM ARGUMENT...</c>.</summary>
    /// <exception cref="ConfineException">It is something else, or the program is no full path.</exception>
    public static ConfineArguments Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        List<string> readable = [], writable = [];
        int next = 0;
        for (; next + 1 < arguments.Count && arguments[next] is "-read" or "-write"; next += 2)
        {
            (arguments[next] == "-read" ? readable : writable).Add(arguments[next + 1]);
        }

        return next + 1 < arguments.Count && arguments[next] == "--" && Path.IsPathFullyQualified(arguments[next + 1])
            ? new(readable, writable, arguments[next + 1], [.. arguments.Skip(next + 2)])
            : throw new ConfineException("usage: confine [-read PATH]... [-write PATH]... -- PROGRAM ARGUMENT...");
    }
}
