using VodFunctions.Core.Settings;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Documentation;

/// <summary>The README's table of settings against the options classes, both ways.</summary>
public sealed class SettingsTableTests
{
    [Fact]
    public void The_table_has_every_setting_with_its_default_and_no_other()
    {
        SortedDictionary<string, string> settings = SettingsOf.All();

        Assert.Equal(
            settings.Select(setting => $"{setting.Key} = {setting.Value}"),
            Rows().Select(row => $"{row.Name} = {row.Default}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_says_what_it_means() => Assert.All(Rows(), row => Assert.True(row.Meaning.Length > 10, row.Name));

    [Fact]
    public void Every_options_class_is_bound_to_a_section_and_so_in_the_table()
    {
        Assert.Empty(SettingsOf.Unbound);
        Assert.Contains(typeof(VodOptions), SettingsOf.Sections.Keys);
        Assert.True(SettingsOf.Sections.Count >= 6);
    }

    // | `Vod:TimeZone` | `Asia/Seoul` | ... |
    private static IReadOnlyList<(string Name, string Default, string Meaning)> Rows() =>
    [
        .. File.ReadLines(Repository.File("README.md"))
            .Where(line => line.StartsWith("| `Vod:", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Replace("`", "", StringComparison.Ordinal), Bare(cells[2]), cells[3])),
    ];

    private static string Bare(string cell) => cell.Replace("`", "", StringComparison.Ordinal);
}
