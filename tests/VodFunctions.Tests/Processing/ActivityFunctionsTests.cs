using System.Reflection;
using System.Runtime.CompilerServices;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Json;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Videos;
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
        IEnumerable<string> activities = _world.Get<IEnumerable<ActivityName>>()
            .Where(activity => activity.Load == load).Select(activity => activity.Name);

        Assert.NotEmpty(activities);
        Assert.Equal(
            activities.Order(),
            Functions.With<ActivityTriggerAttribute>()
                .Where(function => function.Method.DeclaringType == functions).Select(function => function.Name).Order());
    }

    [Fact]
    public void Each_orchestration_of_Core_has_a_function_of_its_name() => Assert.Equal(
        _world.Services.Where(service => service.ServiceType == typeof(ITaskOrchestrator)).Select(service => service.ServiceKey),
        Functions.With<OrchestrationTriggerAttribute>().Select(function => function.Name));

    /// <summary>The functions hand over to the activity of the name under which the host calls them.</summary>
    [Fact]
    public async Task Each_activity_function_runs_the_activity_of_its_name_with_its_input_and_token()
    {
        using var stop = new CancellationTokenSource();
        var seen = new List<(string Name, object? Input, CancellationToken Token)>();
        ActivityName[] activities = [.. _world.Get<IEnumerable<ActivityName>>()];
        foreach (ActivityName activity in activities)
        {
            _world.Services.AddKeyedSingleton<ITaskActivity>(activity.Name, new Recorder(activity.Name, seen.Add));
        }

        await _world.ForgetAsync();
        foreach ((string name, MethodInfo method, _) in Functions.With<ActivityTriggerAttribute>())
        {
            ParameterInfo trigger = method.GetParameters().Single(parameter => parameter.Name == "input");
            Assert.Equal(activities.Single(activity => activity.Name == name).GetType().GetGenericArguments()[0], trigger.ParameterType);
            object input = Input(trigger.ParameterType);
            object[] arguments =
            [
                .. method.GetParameters().Select(parameter => parameter.Name switch
                {
                    "input" => input,
                    "client" => Engines.Mock().Object,
                    _ => Functions.Context(name, _world.Get<IServiceProvider>(), stop.Token),
                }),
            ];
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => (Task)method.Invoke(null, arguments)!);

            Assert.Equal(name, error.Message);
            Assert.Equal((name, input, stop.Token), seen[^1]);
        }

        Assert.Equal(activities.Length, seen.Count);
    }

    /// <summary>What one version of the app left in a history, another reads.</summary>
    [Fact]
    public async Task What_travels_through_the_engine_is_the_JSON_of_Core()
    {
        await using ServiceProvider app = WiredApp.With(WiredApp.Azure);
        ObjectSerializer serializer = app.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!;
        var report = new ProgressReport(new JobId(_world.Get<IIdGenerator>().NewVideoId(), 3), JobStep.Publish, 95);

        string json = serializer.Serialize(report).ToString();

        Assert.Equal(VodJson.Serialize(report), json);
        Assert.Equal(report, serializer.Deserialize(BinaryData.FromString(json).ToStream(), typeof(ProgressReport), default));
    }

    // With a job, which the function names the run after.
    private object Input(Type type)
    {
        var job = new JobId(_world.Get<IIdGenerator>().NewVideoId(), 1);
        if (type == typeof(JobId))
        {
            return job;
        }

        object input = RuntimeHelpers.GetUninitializedObject(type);
        foreach (PropertyInfo property in type.GetProperties())
        {
            if (property.PropertyType == typeof(JobId))
            {
                property.SetValue(input, job);
            }
            else if (property.PropertyType == typeof(MediaJob))
            {
                property.SetValue(input, Input(typeof(MediaJob)));
            }
        }

        return input;
    }

    private sealed class Recorder(string name, Action<(string Name, object? Input, CancellationToken Token)> tell) : ITaskActivity
    {
        public Type InputType => typeof(object);

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskActivityContext context, object? input)
        {
            tell((context.Name, input, ((VodActivityContext)context).CancellationToken));
            return Task.FromException<object?>(new InvalidOperationException(name));
        }
    }
}
