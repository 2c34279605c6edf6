using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VodFunctions.Core.Maintenance;
using VodFunctions.Durable;

namespace VodFunctions.Maintenance;

/// <summary>Runs the sweep every five minutes, one at a time in the whole app.</summary>
public sealed class SweepFunction(Sweep sweep, DurableClientAccessor engine)
{
    /// <summary>Sweeps.</summary>
    [Function("SweepTimer")]
    public Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(timer);
        engine.Current = client;
        return sweep.RunAsync(context.CancellationToken);
    }
}
