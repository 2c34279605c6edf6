using System.Text.RegularExpressions;
using VodFunctions.Local.Tests.Hosting;

namespace VodFunctions.Local.Tests.FunctionsApp;

/// <summary>
/// What the Functions app reads beyond the settings of the other projects, by the README's table (a test of the app compares
/// that with its classes), and its functions, by its sources: the app itself needs packages that not every feed has.
/// </summary>
internal static partial class AppSettings
{
    private static readonly HashSet<string> s_names =
    [
        .. File.ReadLines(Repository.File("README.md")).Select(line => Row().Match(line))
            .Where(match => match.Success).Select(match => match.Groups["name"].Value),
    ];

    private static readonly string s_sources = string.Concat(
        Directory.EnumerateFiles(Repository.File("src", "VodFunctions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    public static bool Contains(string name) => s_names.Contains(name);

    public static bool HasFunction(string name) => s_sources.Contains($"[Function(\"{name}\")]", StringComparison.Ordinal);

    // | `VodWebPubSub__Hub` | `notices` | ... |: as app settings are written, while those of the other table have colons.
    [GeneratedRegex(@"^\| `(?<name>[A-Za-z_]+)` \| [^|]+ \| [^|]{10,} \|$")]
    private static partial Regex Row();
}
