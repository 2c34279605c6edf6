using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Orchestration;
using VodFunctions.Processing;
using VodFunctions.Testing;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Processing;

public sealed class ActivityFunctionsTests : IAsyncDisposable
{
    private readonly VodWorld _world = new();

    public ActivityFunctionsTests()
    {
        _world.WithoutEngine();
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(ActivityLoad.Light, typeof(LightActivityFunctions))]
    [InlineData(ActivityLoad.Media, typeof(MediaActivityFunctions))]
    public void Each_activity_of_Core_has_a_function_of_its_name_in_the_class_of_its_load(ActivityLoad load, Type functions)
    {
        IEnumerable<string> activities = _world.Get<IEnumerable<ActivityDefinition>>()
            .Where(activity => activity.Load == load).Select(activity => activity.Name);

        Assert.NotEmpty(activities);
        Assert.Equal(
            activities.Order(),
            Functions.With<ActivityTriggerAttribute>()
                .Where(function => function.Method.DeclaringType == functions).Select(function => function.Name).Order());
    }

    [Fact]
    public void Each_orchestration_of_Core_has_a_function_of_its_name() => Assert.Equal(
        _world.Get<IEnumerable<OrchestrationDefinition>>().Select(orchestration => orchestration.Name),
        Functions.With<OrchestrationTriggerAttribute>().Select(function => function.Name));

    /// <summary>The functions hand over by the name under which the host calls them.</summary>
    [Fact]
    public async Task Each_activity_function_runs_the_activity_of_its_name_with_its_input_and_token()
    {
        using var stop = new CancellationTokenSource();
        var seen = new List<(string Name, string Input, CancellationToken Token)>();
        ActivityDefinition[] activities =
        [
            .. _world.Get<IEnumerable<ActivityDefinition>>().Select(activity => activity with
            {
                InvokeAsync = (_, input, token) =>
                {
                    seen.Add((activity.Name, input, token));
                    return Task.FromResult($$"""{"from":"{{activity.Name}}"}""");
                },
            }),
        ];
        ServiceProvider services = new ServiceCollection()
            .AddSingleton(new ActivityRunner(_world.Get<IServiceProvider>(), activities))
            .BuildServiceProvider();

        foreach ((string name, System.Reflection.MethodInfo method, _) in Functions.With<ActivityTriggerAttribute>())
        {
            JsonElement input = JsonSerializer.SerializeToElement(new { of = name });
            object instance = ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
            object[] arguments =
            [
                .. method.GetParameters().Select(parameter => parameter.Name switch
                {
                    "input" => (object)input,
                    "client" => Engines.Mock().Object,
                    _ => Functions.Context(name, stop.Token),
                }),
            ];
            JsonElement output = await (Task<JsonElement>)method.Invoke(instance, arguments)!;

            Assert.Equal($$"""{"from":"{{name}}"}""", output.GetRawText());
            Assert.Equal((name, $$"""{"of":"{{name}}"}""", stop.Token), seen[^1]);
        }

        Assert.Equal(activities.Length, seen.Count);
    }
}
