using System.Text.Json;
using VodFunctions.Api.Endpoints;
using VodFunctions.Api.Tests.Contract;
using VodFunctions.Core.Json;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Api.Tests.OpenApi;

public sealed class OpenApiDocumentTests
{
    private static JsonElement Schema(string name) =>
        OpenApiContract.Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    [Fact]
    public void Operations_and_endpoints_are_the_same()
    {
        Assert.Equal(
            VodEndpoints.All.Select(endpoint => $"{endpoint.Name} {endpoint.Method} /{endpoint.Route}").Order(),
            OpenApiContract.Operations
                .Select(op => $"{op.Operation.GetProperty("operationId").GetString()} {op.Method.ToUpperInvariant()} {op.Path}")
                .Order());
    }

    [Fact]
    public void Security_says_what_the_endpoint_demands()
    {
        foreach (VodEndpoint endpoint in VodEndpoints.All)
        {
            JsonElement operation = OpenApiContract.Operations
                .Single(op => op.Operation.GetProperty("operationId").GetString() == endpoint.Name).Operation;
            string expected = endpoint.Access switch
            {
                Access.Anyone => "[]",
                Access.Optional => """[{},{"bearer":[]}]""",
                _ => """[{"bearer":[]}]""",
            };
            Assert.Equal(expected, operation.GetProperty("security").GetRawText().Replace(" ", "", StringComparison.Ordinal));
            Assert.Equal(
                endpoint.Access is Access.Uploader or Access.Admin,
                operation.GetProperty("responses").TryGetProperty("403", out _));
        }
    }

    [Theory]
    [InlineData("ProblemCode", typeof(ProblemCode))]
    [InlineData("JobErrorCode", typeof(JobErrorCode))]
    [InlineData("JobStatus", typeof(JobStatus))]
    [InlineData("JobStep", typeof(JobStep))]
    [InlineData("NotificationStatus", typeof(NotificationStatus))]
    public void Every_value_of_an_enum_is_listed(string schema, Type type)
    {
        IEnumerable<string> values = Enum.GetValues(type).Cast<object>()
            .Select(value => JsonSerializer.Serialize(value, type, VodJson.Options).Trim('"'));
        Assert.Equal(values, Schema(schema).GetProperty("enum").EnumerateArray().Select(value => value.GetString()!));
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_component_is_used()
    {
        string[] references = [.. Find(OpenApiContract.Document, "$ref").Select(value => value.GetString()!).Distinct()];
        Assert.All(references, reference =>
            OpenApiContract.Schemas.Resolve(JsonDocument.Parse($$"""{"$ref":"{{reference}}"}""").RootElement));
        IEnumerable<string> components =
            from kind in OpenApiContract.Document.GetProperty("components").EnumerateObject()
            where kind.Name != "securitySchemes"
            from component in kind.Value.EnumerateObject()
            select $"#/components/{kind.Name}/{component.Name}";
        Assert.Equal(components.Order(), references.Order());
    }

    [Fact]
    public void Every_example_fits_its_schema()
    {
        int count = 0;
        foreach (JsonElement media in Find(OpenApiContract.Document, "content").SelectMany(content => content.EnumerateObject()).Select(media => media.Value))
        {
            IEnumerable<JsonElement> examples = media.TryGetProperty("example", out JsonElement one) ? [one]
                : media.TryGetProperty("examples", out JsonElement several) ? several.EnumerateObject().Select(example => example.Value.GetProperty("value"))
                : [];
            foreach (JsonElement example in examples)
            {
                count++;
                Assert.Empty(OpenApiContract.Schemas.Check(media.GetProperty("schema"), example));
            }
        }

        Assert.InRange(count, 20, 200);
    }

    [Fact]
    public void The_checker_finds_mistakes()
    {
        JsonElement schema = Schema("Job");
        Assert.Empty(Check("""{"status":"PENDING","step":"probe","percent":5}"""));
        Assert.NotEmpty(Check("""{"status":"PENDING","step":"probe"}"""));
        Assert.NotEmpty(Check("""{"status":"pending","step":"probe","percent":5}"""));
        Assert.NotEmpty(Check("""{"status":"PENDING","step":"probe","percent":101}"""));
        Assert.NotEmpty(Check("""{"status":"PENDING","step":"probe","percent":5.5}"""));
        Assert.NotEmpty(Check("""{"status":"PENDING","step":"probe","percent":5,"detail":"x"}"""));
        Assert.NotEmpty(Check("""{"status":"ERROR","step":"done","percent":5,"error":null}"""));
        Assert.NotEmpty(Check("[]"));

        IReadOnlyList<string> Check(string json) => OpenApiContract.Schemas.Check(schema, JsonDocument.Parse(json).RootElement);
    }

    private static IEnumerable<JsonElement> Find(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == name ? [member.Value] : Find(member.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Find(item, name)),
        _ => [],
    };
}
