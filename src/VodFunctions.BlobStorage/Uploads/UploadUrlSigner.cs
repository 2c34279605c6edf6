using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace VodFunctions.BlobStorage.Uploads;

/// <summary>
/// Signs upload URLs: with the account's key where there is one (the emulator), otherwise with a user delegation key of
/// the host's identity.
/// </summary>
internal sealed class UploadUrlSigner(DelegationKeyCache keys, TimeProvider time)
{
    /// <summary>Clocks differ: a URL is good from a little before it was made.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    // Create and write stage and commit blocks; read is what listing them takes, to go on after a break.
    private const BlobSasPermissions UploadPermissions =
        BlobSasPermissions.Read | BlobSasPermissions.Create | BlobSasPermissions.Write;

    public async Task<Uri> SignAsync(BlobClient blob, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        // The SDK writes the clock's time followed by "Z" without converting it: in Seoul a ticket would live 9 hours longer.
        var sas = new BlobSasBuilder(UploadPermissions, expiresAt.ToUniversalTime())
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = time.GetUtcNow().ToUniversalTime() - ClockSkew,
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        if (blob.CanGenerateSasUri)
        {
            return blob.GenerateSasUri(sas);
        }

        UserDelegationKey key = await keys.GetAsync(expiresAt, cancellationToken);
        return new BlobUriBuilder(blob.Uri) { Sas = sas.ToSasQueryParameters(key, blob.AccountName) }.ToUri();
    }
}
