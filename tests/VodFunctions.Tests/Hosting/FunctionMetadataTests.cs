using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Hosting;

/// <summary>What the build generates of the functions: the file <c>functions.metadata</c>, and the code that answers the host.</summary>
public sealed class FunctionMetadataTests
{
    private static readonly JsonElement[] s_file =
    [
        .. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "functions.metadata")))
            .RootElement.EnumerateArray(),
    ];

    private static string[] FromTheFile =>
    [
        .. s_file.Select(function => Line(
            function.GetProperty("name").GetString()!, function.GetProperty("bindings").EnumerateArray()))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void The_file_lists_every_function_with_its_bindings() => Assert.Equal(
        Functions.All.Select(function => $"{function.Key}: {string.Join(", ", Bindings(function.Value))}")
            .Order(StringComparer.Ordinal),
        FromTheFile);

    [Fact]
    public async Task The_code_that_answers_the_host_says_the_same()
    {
        await using ServiceProvider services = WiredApp.With(WiredApp.Azure);
        IEnumerable<IFunctionMetadata> reported =
            await services.GetRequiredService<IFunctionMetadataProvider>().GetFunctionMetadataAsync(AppContext.BaseDirectory);

        Assert.Equal(
            FromTheFile,
            reported.Select(function => Line(
                function.Name!, function.RawBindings!.Select(binding => JsonDocument.Parse(binding).RootElement)))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_entry_point_is_the_method_of_that_function() => Assert.All(s_file, function =>
    {
        MethodInfo method = Functions.All[function.GetProperty("name").GetString()!];
        Assert.Equal($"{method.DeclaringType!.FullName}.{method.Name}", function.GetProperty("entryPoint").GetString());
        Assert.Equal("VodFunctions.dll", function.GetProperty("scriptFile").GetString());
    });

    /// <summary>A parameter without its attribute is one that the host gives nothing for: the call fails, and nothing says so before.</summary>
    [Fact]
    public void Every_parameter_has_a_binding_or_is_the_workers_own() => Assert.Empty(
        from function in Functions.All
        let bound = string.Join(' ', Bindings(function.Value))
        from parameter in function.Value.GetParameters()
        where parameter.GetCustomAttributes().All(attribute => Binding(attribute) is null)
            && parameter.ParameterType != typeof(FunctionContext)
            && parameter.ParameterType != typeof(CancellationToken)
            && !bound.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal)
            && (bound, parameter.Name) is not ("orchestrationTrigger", "input") // Converted by the durable extension.
        select $"{function.Key}: {parameter.Name}");

    private static string Line(string function, IEnumerable<JsonElement> bindings) =>
        $"{function}: {string.Join(", ", bindings.Select(Line))}";

    private static string Line(JsonElement binding) => Text(binding, "type") switch
    {
        "httpTrigger" => $"httpTrigger {Text(binding, "route")} " + string.Join(
            '|', binding.GetProperty("methods").EnumerateArray().Select(method => method.GetString())),
        "blobTrigger" => $"blobTrigger {Text(binding, "path")} {Text(binding, "source")} {Text(binding, "connection")}",
        "timerTrigger" => $"timerTrigger {Text(binding, "schedule")}",
        string type => type,
    };

    private static string Text(JsonElement binding, string name) => binding.GetProperty(name).GetString()!;

    // As the attributes of its parameters say; a function that HTTP calls answers it.
    private static string[] Bindings(MethodInfo function)
    {
        string[] inputs =
        [
            .. function.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes()).Select(Binding).OfType<string>(),
        ];
        return inputs.Any(binding => binding.StartsWith("httpTrigger", StringComparison.Ordinal)) ? [.. inputs, "http"] : inputs;
    }

    private static string? Binding(Attribute attribute) => attribute switch
    {
        HttpTriggerAttribute http => $"httpTrigger {http.Route} {string.Join('|', http.Methods!)}",
        BlobTriggerAttribute blob => $"blobTrigger {blob.BlobPath} {blob.Source} {blob.Connection}",
        TimerTriggerAttribute timer => $"timerTrigger {timer.Schedule}",
        ActivityTriggerAttribute => "activityTrigger",
        OrchestrationTriggerAttribute => "orchestrationTrigger",
        DurableClientAttribute => "durableClient",
        _ => null,
    };
}
