using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.Documentation;

public sealed class MarkdownTests
{
    private const int MaxWidth = 120;

    public static TheoryData<string> Pages { get; } =
        [.. MarkdownPages.All.Select(page => Path.GetRelativePath(Repository.Root, page))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_to_a_file_or_heading_of_the_repository_leads_somewhere(string page)
    {
        string path = Repository.File(page);
        foreach (string link in MarkdownPages.LinksOf(path).Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = link.Split('#');
            string target = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page}: {link} is not there.");
            Assert.True(
                parts.Length == 1 || MarkdownPages.AnchorsOf(target).Contains(parts[1]), $"{page}: {link} has no such heading.");
        }
    }

    /// <summary>A link whose text is a member in code leads to the file that has it.</summary>
    [Fact]
    public void Every_stop_on_the_way_of_an_upload_is_where_the_page_says()
    {
        string page = Repository.File("docs", "one-upload.md");
        (string Member, string Target)[] stops = [.. MarkdownPages.MembersOf(page)];

        Assert.True(stops.Length > 50, $"{stops.Length} stops");
        Assert.All(stops, stop => Assert.Matches(
            $@"\b{stop.Member}\b", File.ReadAllText(Path.Combine(Path.GetDirectoryName(page)!, stop.Target))));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Lines_fit_the_width_but_for_tables_and_blocks(string page)
    {
        string[] lines = MarkdownPages.WithoutFences(File.ReadAllText(Repository.File(page))).Split('\n');
        Assert.All(
            lines.Where(line => !line.StartsWith('|') && !line.StartsWith("    ", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= MaxWidth, $"{page}: {line}"));
    }

    [Fact]
    public void Every_decision_record_is_numbered_in_order_and_listed_in_the_index()
    {
        string[] records =
        [
            .. Directory.EnumerateFiles(Repository.File("docs", "adr"), "0*.md")
                .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
        ];

        // A number may be missing: it was taken for work that has not landed.
        int[] numbers = [.. records.Select(name => int.Parse(name[..4]))];
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.Equal(records, MarkdownPages.LinksOf(Repository.File("docs", "adr", "README.md")));
    }
}
