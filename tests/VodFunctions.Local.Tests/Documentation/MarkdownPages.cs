using System.Text.RegularExpressions;
using VodFunctions.Testing;

namespace VodFunctions.Local.Tests.Documentation;

/// <summary>The repository's own Markdown pages.</summary>
internal static partial class MarkdownPages
{
    private static readonly string[] s_foreign = ["node_modules", "bin", "obj", "artifacts", ".git", ".data"];

    /// <summary>Their paths.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Find(Repository.Root).Order(StringComparer.Ordinal)];

    /// <summary>The links of a page, those in code left out.</summary>
    public static IEnumerable<string> LinksOf(string page) =>
        Link().Matches(WithoutCode(File.ReadAllText(page))).Select(match => match.Groups["target"].Value);

    /// <summary>The links whose text is a name in code, and where they lead.</summary>
    public static IEnumerable<(string Member, string Target)> MembersOf(string page) =>
        Member().Matches(WithoutFences(File.ReadAllText(page)))
            .Select(match => (match.Groups["member"].Value, match.Groups["target"].Value));

    /// <summary>The names that a page's headings can be linked by.</summary>
    public static IEnumerable<string> AnchorsOf(string page) => WithoutFences(File.ReadAllText(page)).Split('\n')
        .Where(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#').Trim().ToLowerInvariant())
        .Select(heading => NotInAnchors().Replace(heading, "").Replace(' ', '-'));

    /// <summary>Text without fenced blocks.</summary>
    public static string WithoutFences(string text) => Fence().Replace(text, "");

    private static string WithoutCode(string text) => Code().Replace(WithoutFences(text), "");

    private static IEnumerable<string> Find(string folder) => Directory.EnumerateFiles(folder, "*.md").Concat(
        Directory.EnumerateDirectories(folder)
            .Where(inner => !s_foreign.Contains(Path.GetFileName(inner)))
            .SelectMany(Find));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[`(?<member>\w+)`\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Member();

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
