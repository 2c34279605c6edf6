using System.Text.RegularExpressions;
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
        foreach (string link in MarkdownPages.LinksOf(path).Where(link => !link.Contains("://", StringComparison.Ordinal)).Select(Workflow))
        {
            string[] parts = link.Split('#');
            string target = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page}: {link} is not there.");
            Assert.True(
                parts.Length == 1 || MarkdownPages.AnchorsOf(target).Contains(parts[1]), $"{page}: {link} has no such heading.");
        }
    }

    // What GitHub shows of a workflow, seen from a page of the repository: a badge, and the runs.
    private static string Workflow(string link) => Regex.Replace(
        link, @"^\.\./\.\./actions/workflows/([\w.-]+\.yml)(/badge\.svg)?$", ".github/workflows/$1");

    /// <summary>A link whose text is a member in code leads to the file that has it.</summary>
    [Theory]
    [InlineData("one-upload.md", 50)]
    [InlineData("security.md", 40)]
    public void Every_member_that_a_page_leads_to_is_where_it_says(string name, int least)
    {
        string page = Repository.File("docs", name);
        (string Member, string Target)[] members = [.. MarkdownPages.MembersOf(page)];

        Assert.True(members.Length >= least, $"{members.Length} members");
        Assert.All(members, member => Assert.Matches(
            $@"\b{member.Member}\b", File.ReadAllText(Path.Combine(Path.GetDirectoryName(page)!, member.Target))));
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
    public void Every_page_is_in_the_index()
    {
        string[] listed = [.. MarkdownPages.LinksOf(Repository.File("docs", "README.md"))];

        Assert.All(
            Directory.EnumerateFiles(Repository.File("docs"), "*.md").Select(file => Path.GetFileName(file)),
            page => Assert.True(page == "README.md" || listed.Contains(page), $"docs/README.md does not list {page}."));
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
