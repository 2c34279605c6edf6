using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>A key that a test knows.</summary>
public sealed class FixedPseudonymKey : IPseudonymKey
{
    /// <summary>The key.</summary>
    public static ReadOnlyMemory<byte> Key { get; } = Enumerable.Range(0, 32).Select(number => (byte)number).ToArray();

    /// <inheritdoc />
    public ValueTask<ReadOnlyMemory<byte>> GetAsync(CancellationToken cancellationToken) => new(Key);
}
