namespace VodFunctions.Core.Health;

/// <summary>Something that the API cannot work without. Registered by whoever provides it, asked by <c>GET health/ready</c>.</summary>
public interface IReadinessCheck
{
    /// <summary>A short stable name, such as <c>storage</c>.</summary>
    string Name { get; }

    /// <summary>One sentence that is good to know while it works, for anyone's eyes; null for none. Known after a look.</summary>
    string? Note => null;

    /// <summary>Looks, within 2 seconds.</summary>
    /// <returns>Null when it works, else one sentence for anyone's eyes: no names of machines, no secrets.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}
