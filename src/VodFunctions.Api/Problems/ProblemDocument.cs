using System.Text.Json.Serialization;
using VodFunctions.Api.Health;
using VodFunctions.Core.Problems;

namespace VodFunctions.Api.Problems;

/// <summary>A problem document (RFC 9457). The type is <c>about:blank</c>: <c>code</c> says all that programs need.</summary>
/// <param name="Type">Always <c>about:blank</c>, so that the title is the status's own phrase (section 4.2.1).</param>
/// <param name="Title">The status's phrase.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Missing">What <c>health/ready</c> found missing.</param>
internal sealed record ProblemDocument(
    string Type, string Title, int Status, string Detail, ProblemCode Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MissingPart>? Missing = null)
{
    public const string ContentType = "application/problem+json";
}
