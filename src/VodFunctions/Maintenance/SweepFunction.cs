using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VodFunctions.Core.Maintenance;

namespace VodFunctions.Maintenance;

/// <summary>Runs the sweep every five minutes, one at a time in the whole app.</summary>
public sealed class SweepFunction(Sweep sweep)
{
    /// <summary>Sweeps.</summary>
    [Function("SweepTimer")]
    public Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(timer);
        return sweep.RunAsync(context.CancellationToken);
    }
}
