using System.Text.RegularExpressions;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Apps;

/// <summary>A setting as the templates give it.</summary>
/// <param name="Name">As the container's environment has it.</param>
/// <param name="Value">Bicep: a literal in quotes, or an expression.</param>
internal sealed record AppSetting(string Name, string Value);

/// <summary>The settings that <c>bicep/modules/app-settings.bicep</c> gives to an app, by its own rules.</summary>
internal static partial class AppSettings
{
    private static readonly string s_text = File.ReadAllText(Repository.File("bicep", "modules", "app-settings.bicep"));

    /// <summary>Every list of the file by its name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<AppSetting>> Lists { get; } =
        List().Matches(s_text).ToDictionary(list => list.Groups["name"].Value, list => Rows(list.Groups["rows"].Value));

    /// <summary>What an output of the file holds.</summary>
    /// <param name="app">Its name: <c>api</c> or <c>media</c>.</param>
    /// <param name="backend">The back end: <c>scheduler</c> or <c>storage</c>.</param>
    public static IReadOnlyList<AppSetting> Of(string app, string backend)
    {
        Match output = Regex.Match(s_text, $@"^output {app} setting\[\] = concat\((?<parts>.+)\)$", RegexOptions.Multiline);
        Assert.True(output.Success, $"There is no output {app}.");
        return [.. Parts(output.Groups["parts"].Value, backend)];
    }

    // name, name, durableBackend == 'scheduler' ? name : name
    private static IEnumerable<AppSetting> Parts(string parts, string backend)
    {
        foreach (string part in parts.Split(','))
        {
            Match choice = Choice().Match(part);
            string name = (choice.Success
                ? choice.Groups[choice.Groups["backend"].Value == backend ? "yes" : "no"].Value
                : part).Trim();
            Match common = Regex.Match(s_text, $@"^var {name} = concat\((?<parts>.+)\)$", RegexOptions.Multiline);
            foreach (AppSetting setting in common.Success ? Parts(common.Groups["parts"].Value, backend) : Lists[name])
            {
                yield return setting;
            }
        }
    }

    private static IReadOnlyList<AppSetting> Rows(string rows) =>
    [
        .. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row =>
        {
            Match found = Row().Match(row);
            Assert.True(found.Success, $"Not one setting in a line: {row}");
            return new AppSetting(found.Groups["name"].Value, found.Groups["value"].Value);
        }),
    ];

    [GeneratedRegex(@"^var (?<name>\w+) setting\[\] = \[\n(?<rows>.*?)^\]$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex List();

    [GeneratedRegex(@"^  \{ name: '(?<name>[^']+)', value: (?<value>.+?) \}(?: //.*)?$")]
    private static partial Regex Row();

    [GeneratedRegex(@"site\.durableBackend == '(?<backend>\w+)' \? (?<yes>\w+) : (?<no>\w+)")]
    private static partial Regex Choice();
}
