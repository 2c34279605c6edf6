using System.Globalization;

namespace VodFunctions.Core.Feeds;

/// <summary>Names a post in one line, for a notice.</summary>
public static class PostTitle
{
    /// <summary>The longest title, in UTF-16 units, the ellipsis included.</summary>
    public const int MaxLength = 80;

    private const string Ellipsis = "\u2026";

    /// <summary>The first line that says something, cut between characters as people see them.</summary>
    /// <param name="text">A post's text: more than white space.</param>
    public static string Of(string text)
    {
        ReadOnlySpan<char> line = default;
        foreach (ReadOnlySpan<char> next in text.AsSpan().EnumerateLines())
        {
            line = next.Trim();
            if (!line.IsEmpty)
            {
                break;
            }
        }

        if (line.Length <= MaxLength)
        {
            return line.ToString();
        }

        int length = 0;
        for (int next = 0; length + next <= MaxLength - Ellipsis.Length;)
        {
            length += next;
            next = StringInfo.GetNextTextElementLength(line[length..]);
        }

        return string.Concat(line[..length].TrimEnd(), Ellipsis);
    }
}
