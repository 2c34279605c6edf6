using System.Globalization;
using Microsoft.AspNetCore.Http;
using VodFunctions.Core.Problems;

namespace VodFunctions.Api.Calls;

/// <summary>Reads query parameters, each at most once.</summary>
internal static class Query
{
    private const int MaxLength = 1024;

    public static string? Text(HttpRequest request, string name)
    {
        var values = request.Query[name];
        return values switch
        {
            { Count: 0 } => null,
            { Count: 1 } when values[0]!.Length <= MaxLength => values[0]!.Length == 0 ? null : values[0],
            _ => throw new ProblemException(
                ProblemCode.InvalidRequest, $"{name} must be given once, with at most {MaxLength} characters."),
        };
    }

    public static int? Number(HttpRequest request, string name) => Text(request, name) switch
    {
        null => null,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
        _ => throw new ProblemException(ProblemCode.InvalidRequest, $"{name} must be a whole number."),
    };
}
