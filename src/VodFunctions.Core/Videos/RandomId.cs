using System.Buffers;

namespace VodFunctions.Core.Videos;

/// <summary>The shape that all ids share: 128 bits as 32 lower-case hexadecimal digits, safe in URLs and blob names.</summary>
internal static class RandomId
{
    public const int Bytes = 16;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    public static bool IsValid(string? text) =>
        text is { Length: Bytes * 2 } && !text.AsSpan().ContainsAnyExcept(s_digits);
}
