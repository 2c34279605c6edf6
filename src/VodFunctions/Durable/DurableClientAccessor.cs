using Microsoft.DurableTask.Client;

namespace VodFunctions.Durable;

/// <summary>
/// The engine's client of the function that runs now. The host gives it to each function by a binding
/// (<c>[DurableClient]</c>), while the use cases are singletons: so it travels with the call.
/// </summary>
public sealed class DurableClientAccessor
{
    private readonly AsyncLocal<DurableTaskClient?> _current = new();

    /// <summary>Set before a function runs: see <see cref="DurableClientMiddleware"/>.</summary>
    /// <exception cref="InvalidOperationException">The function has no client bound, and needs one.</exception>
    public DurableTaskClient Current
    {
        get => _current.Value ?? throw new InvalidOperationException("This function has no [DurableClient].");
        set => _current.Value = value;
    }
}
