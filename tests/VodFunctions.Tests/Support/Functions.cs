using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Moq;
using VodFunctions.Durable;
using VodFunctions.Processing;

namespace VodFunctions.Tests.Support;

/// <summary>The app's functions, found as the worker finds them: by their attribute.</summary>
internal static class Functions
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> All { get; } = typeof(ProcessVideoFunction).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(Any))
        .Select(method => (Method: method, method.GetCustomAttribute<FunctionAttribute>()?.Name))
        .Where(found => found.Name is not null)
        .ToDictionary(found => found.Name!, found => found.Method, StringComparer.Ordinal);

    /// <summary>Those with such a trigger.</summary>
    public static IEnumerable<(string Name, MethodInfo Method, TTrigger Trigger)> With<TTrigger>()
        where TTrigger : Attribute =>
        from function in All
        from parameter in function.Value.GetParameters()
        let trigger = parameter.GetCustomAttribute<TTrigger>()
        where trigger is not null
        select (function.Key, function.Value, trigger);

    /// <summary>Whether the host gives it the engine's client.</summary>
    public static bool HasClient(MethodInfo function) =>
        function.GetParameters().Any(parameter => parameter.GetCustomAttribute<DurableClientAttribute>() is not null);

    /// <summary>As <see cref="DurableClientMiddleware"/> does it before a function runs, for what the caller runs next.</summary>
    public static void Bind(MethodInfo function, DurableClientAccessor accessor, DurableTaskClient client)
    {
        if (HasClient(function))
        {
            accessor.Current = client;
        }
    }

    /// <summary>A call of the function of that name.</summary>
    public static FunctionContext Context(
        string name, IServiceProvider? services = null, CancellationToken cancellationToken = default)
    {
        var definition = new Mock<FunctionDefinition>();
        definition.SetupGet(found => found.Name).Returns(name);
        var context = new Mock<FunctionContext>();
        context.SetupGet(found => found.FunctionDefinition).Returns(definition.Object);
        context.SetupGet(found => found.CancellationToken).Returns(cancellationToken);
        context.SetupGet(found => found.InstanceServices).Returns(services!);
        return context.Object;
    }
}
