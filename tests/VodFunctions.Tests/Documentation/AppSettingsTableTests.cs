using System.Text.RegularExpressions;
using VodFunctions.Hosting;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Tests.Documentation;

/// <summary>The README's table of the app's own settings against the app's options classes, both ways.</summary>
public sealed partial class AppSettingsTableTests
{
    /// <summary>Read without a class: a trigger's connection, and a connection string that is the section's own value.</summary>
    private static readonly string[] s_connections = ["VodStorage = none", "VodWebPubSub = none"];

    [Fact]
    public void The_table_has_every_setting_with_its_default_and_no_other()
    {
        IEnumerable<string> settings =
            from type in typeof(VodFunctionsBuilder).Assembly.GetTypes()
            let section = type.GetField("Section")?.GetRawConstantValue() as string
            where section is not null
            let defaults = Activator.CreateInstance(type)
            from property in type.GetProperties()
            select $"{section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name} = {property.GetValue(defaults) ?? "none"}";

        Assert.Equal(settings.Concat(s_connections).Order(StringComparer.Ordinal), Rows().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Rows() => File.ReadLines(Path.Combine(RepositoryRoot.Path, "README.md"))
        .Select(line => Row().Match(line))
        .Where(match => match.Success)
        .Select(match => $"{match.Groups["name"].Value} = {match.Groups["value"].Value.Replace("`", "", StringComparison.Ordinal)}");

    [GeneratedRegex(@"^\| `(?<name>Vod[A-Za-z_]+)` \| (?<value>[^|]+) \| [^|]{10,} \|$")]
    private static partial Regex Row();
}
