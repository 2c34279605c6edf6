using System.Text.RegularExpressions;
using VodFunctions.Testing;

namespace VodFunctions.Local.Tests.FunctionsApp;

/// <summary>
/// What the Functions app reads beyond the settings of the other projects, by the README's table (a test of the app compares
/// that with its classes): the app itself needs packages that not every feed has.
/// </summary>
internal static partial class AppSettings
{
    private static readonly HashSet<string> s_names =
    [
        .. File.ReadLines(Repository.File("README.md")).Select(line => Row().Match(line))
            .Where(match => match.Success).Select(match => match.Groups["name"].Value),
    ];

    public static bool Contains(string name) => s_names.Contains(name);

    // | `VodWebPubSub__Hub` | `notices` | ... |: as app settings are written, while those of the other table have colons.
    [GeneratedRegex(@"^\| `(?<name>[A-Za-z_]+)` \| [^|]+ \| [^|]{10,} \|$")]
    private static partial Regex Row();
}
