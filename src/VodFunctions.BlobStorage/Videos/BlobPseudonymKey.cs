using System.Security.Cryptography;
using VodFunctions.BlobStorage.Documents;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Videos;

/// <summary>
/// <c>secrets/pseudonyms.json</c>: made by the first instance that needs it and replaced by none, so that all instances and
/// both hosts have the same. Read once a process.
/// </summary>
internal sealed class BlobPseudonymKey(StateDocuments documents) : IPseudonymKey
{
    private const string Name = "secrets/pseudonyms.json";
    private const int KeyBytes = 32;

    private byte[]? _key;

    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(CancellationToken cancellationToken)
    {
        // Two that read it at once read the same.
        if (Volatile.Read(ref _key) is not { } key)
        {
            StoredKey? stored = await documents.UpdateAsync<StoredKey>(
                Name, found => found ?? new StoredKey(RandomNumberGenerator.GetBytes(KeyBytes)), cancellationToken);
            key = stored?.Key is { Length: KeyBytes } whole ? whole : throw new InvalidDataException($"{Name} holds no key.");
            Volatile.Write(ref _key, key);
        }

        return key;
    }

    private sealed record StoredKey(byte[] Key);
}
