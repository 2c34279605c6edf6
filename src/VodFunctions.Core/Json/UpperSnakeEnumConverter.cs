using System.Text.Json;
using System.Text.Json.Serialization;

namespace VodFunctions.Core.Json;

/// <summary>Writes an enum as the contract's words: <c>SourceGone</c> is <c>SOURCE_GONE</c>. Numbers are refused.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class UpperSnakeEnumConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Writes an enum in lower camel case: <c>Transcode</c> is <c>transcode</c>. Numbers are refused.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class CamelEnumConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
