namespace VodFunctions.Core.Videos;

/// <summary>The key of this deployment's pseudonyms: a secret that is made once and that every instance shares.</summary>
public interface IPseudonymKey
{
    /// <summary>Gets the key: 32 random bytes, the same at every call, on every instance and after every restart.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<ReadOnlyMemory<byte>> GetAsync(CancellationToken cancellationToken);
}
