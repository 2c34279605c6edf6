using VodFunctions.Core.Orchestration;
using VodFunctions.Durable;

namespace VodFunctions.Tests.ProcessVideo;

/// <summary>
/// The app's client. A test that calls a use case stands for a function that has the engine's client bound; activities are
/// functions themselves and get it, or not, by their own parameters.
/// </summary>
internal sealed class EngineClient(InMemoryEngine engine, DurableClientAccessor accessor) : IOrchestrationClient
{
    private static readonly AsyncLocal<bool> s_isInFunction = new();

    private readonly DurableOrchestrationClient _client = new(accessor);

    public static bool IsInFunction
    {
        set => s_isInFunction.Value = value;
    }

    private DurableOrchestrationClient Bound
    {
        get
        {
            if (!s_isInFunction.Value)
            {
                accessor.Current = engine.Client;
            }

            return _client;
        }
    }

    public Task<bool> StartAsync<TInput>(
        string orchestration, string instanceId, TInput input, CancellationToken cancellationToken) =>
        Bound.StartAsync(orchestration, instanceId, input, cancellationToken);

    public Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellationToken) =>
        Bound.RaiseEventAsync(instanceId, eventName, cancellationToken);

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) =>
        Bound.TerminateAsync(instanceId, reason, cancellationToken);

    public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        Bound.FindAsync(instanceId, cancellationToken);

    public Task PurgeAsync(string instanceId, CancellationToken cancellationToken) =>
        Bound.PurgeAsync(instanceId, cancellationToken);

    public Task<int> PurgeEndedAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken) =>
        Bound.PurgeEndedAsync(endedBefore, cancellationToken);
}
