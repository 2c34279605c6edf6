using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using VodFunctions.Durable;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Durable;

public sealed class DurableClientMiddlewareTests
{
    private readonly DurableClientAccessor _accessor = new();
    private readonly DurableTaskClient _client = Engines.Mock().Object;
    private readonly DurableClientMiddleware _middleware;
    private int _bound;

    public DurableClientMiddlewareTests() => _middleware = new(_accessor);

    [Fact]
    public async Task A_function_that_has_the_client_bound_runs_with_that_client()
    {
        DurableTaskClient? seen = null;

        await _middleware.Invoke(Context(_client, "httpTrigger", "durableClient"), _ =>
        {
            seen = _accessor.Current;
            return Task.CompletedTask;
        });

        Assert.Same(_client, seen);
        Assert.Equal(1, _bound);
    }

    [Fact]
    public async Task Any_other_function_runs_without_one_and_nothing_is_bound()
    {
        bool ran = false;

        await _middleware.Invoke(Context(_client, "activityTrigger"), _ =>
        {
            ran = true;
            Assert.Throws<InvalidOperationException>(() => _accessor.Current);
            return Task.CompletedTask;
        });

        Assert.True(ran);
        Assert.Equal(0, _bound);
    }

    [Fact]
    public async Task A_call_leaves_no_client_to_its_caller()
    {
        await _middleware.Invoke(Context(_client, "durableClient"), _ => Task.CompletedTask);

        Assert.Throws<InvalidOperationException>(() => _accessor.Current);
    }

    [Fact]
    public async Task A_binding_without_a_client_fails_the_call_before_the_function_runs()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _middleware.Invoke(Context(null, "durableClient"), _ => throw new NotSupportedException()));

        Assert.Contains("SomeFunction", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_app_makes_it()
    {
        await using ServiceProvider services = WiredApp.With(WiredApp.Azure);

        Assert.NotNull(services.GetRequiredService<DurableClientMiddleware>());
    }

    private FunctionContext Context(object? client, params string[] bindings)
    {
        var definition = new Mock<FunctionDefinition>();
        definition.SetupGet(found => found.Name).Returns("SomeFunction");
        definition.SetupGet(found => found.InputBindings).Returns(bindings.Select(Binding).ToImmutableDictionary(found => found.Name));
        var feature = new Mock<IFunctionInputBindingFeature>();
        feature.Setup(found => found.BindFunctionInputAsync(It.IsAny<FunctionContext>())).Returns(() =>
        {
            _bound++;
            return ValueTask.FromResult((FunctionInputBindingResult)Activator.CreateInstance(
                typeof(FunctionInputBindingResult), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null,
                [new object?[] { "input", client }], null)!);
        });
        var features = new Mock<IInvocationFeatures>();
        features.Setup(found => found.Get<IFunctionInputBindingFeature>()).Returns(feature.Object);
        var context = new Mock<FunctionContext>();
        context.SetupGet(found => found.FunctionDefinition).Returns(definition.Object);
        context.SetupGet(found => found.Features).Returns(features.Object);
        return context.Object;
    }

    private static BindingMetadata Binding(string type, int index)
    {
        var binding = new Mock<BindingMetadata>();
        binding.SetupGet(found => found.Type).Returns(type);
        binding.SetupGet(found => found.Name).Returns($"{type}{index}");
        return binding.Object;
    }
}
