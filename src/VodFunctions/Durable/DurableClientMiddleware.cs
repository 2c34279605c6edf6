using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;

namespace VodFunctions.Durable;

/// <summary>
/// Before each function runs: hands on the engine's client, where the function has it bound (<c>[DurableClient]</c>). The
/// functions themselves only ask for it.
/// </summary>
public sealed class DurableClientMiddleware(DurableClientAccessor accessor) : IFunctionsWorkerMiddleware
{
    private const string BindingType = "durableClient";

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The host sent nothing that a client can be made of.</exception>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.FunctionDefinition.InputBindings.Values.Any(IsClient))
        {
            // The function's own arguments, which are made once. Binding the client alone would not know its converter, and
            // keep that failure for the function.
            FunctionInputBindingResult arguments =
                await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context);
            accessor.Current = arguments.Values.OfType<DurableTaskClient>().FirstOrDefault()
                ?? throw new InvalidOperationException($"{context.FunctionDefinition.Name}: the host gave no durable client.");
        }

        await next(context);
    }

    private static bool IsClient(BindingMetadata binding) =>
        string.Equals(binding.Type, BindingType, StringComparison.OrdinalIgnoreCase);
}
