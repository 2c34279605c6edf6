using System.Text.Json;
using VodFunctions.Api.OpenApi;
using VodFunctions.Api.Tests.Support;
using Xunit;

namespace VodFunctions.Api.Tests.Contract;

/// <summary>An answer that an operation has given.</summary>
internal sealed record SeenAnswer(string OperationId, int Status, string? Code);

/// <summary>Holds answers against the OpenAPI document.</summary>
internal static class OpenApiContract
{
    public static JsonElement Document { get; } = JsonDocument.Parse(OpenApiDocument.Bytes).RootElement;

    public static JsonSchemaChecker Schemas { get; } = new(Document);

    public static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    /// <summary>Fails unless the answer is described. Null for paths and methods that are not.</summary>
    public static SeenAnswer? Check(HttpMethod method, Uri uri, Answer answer)
    {
        var found = Operations.FirstOrDefault(operation =>
            operation.Method.Equals(method.Method, StringComparison.OrdinalIgnoreCase) && Matches(operation.Path, uri.AbsolutePath));
        if (found.Operation.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        string id = found.Operation.GetProperty("operationId").GetString()!;
        string status = ((int)answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(
            found.Operation.GetProperty("responses").TryGetProperty(status, out JsonElement response),
            $"{id} answered {status}, which is not described: {answer.Text}");
        response = Schemas.Resolve(response);
        if (!response.TryGetProperty("content", out JsonElement content))
        {
            Assert.Equal("", answer.Text);
            return new SeenAnswer(id, (int)answer.Status, null);
        }

        Assert.True(
            content.TryGetProperty(answer.ContentType ?? "none", out JsonElement media),
            $"{id} {status}: {answer.ContentType} is not described.");
        IReadOnlyList<string> mistakes = Schemas.Check(media.GetProperty("schema"), answer.Json);
        Assert.True(mistakes.Count == 0, $"{id} {status}: {string.Join("; ", mistakes)}");
        if (response.TryGetProperty("headers", out JsonElement headers))
        {
            Assert.All(headers.EnumerateObject(), header => Assert.NotNull(answer.Header(header.Name)));
        }

        return new SeenAnswer(id, (int)answer.Status, answer.Code);
    }

    private static bool Matches(string template, string path)
    {
        string[] expected = ("/api" + template).Split('/');
        string[] actual = path.Split('/');
        return expected.Length == actual.Length
            && expected.Zip(actual).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
