namespace VodFunctions.BlobStorage.Settings;

/// <summary>
/// <c>Vod:Storage</c>: which storage account, and what is set up in it at start. Checked by
/// <see cref="StorageOptionsValidator"/>.
/// </summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod:Storage";

    /// <summary>A connection string with an account key: Azurite, or an account that allows shared keys. A secret.</summary>
    /// <value>none; either this or <see cref="BlobServiceUri"/></value>
    public string? ConnectionString { get; set; }

    /// <summary>The blob service, reached as the host's own identity: <c>https://{account}.blob.core.windows.net</c>.</summary>
    /// <value>none; either this or <see cref="ConnectionString"/></value>
    public Uri? BlobServiceUri { get; set; }

    /// <summary>The client id of a user-assigned managed identity, with <see cref="BlobServiceUri"/>.</summary>
    /// <value>none: whatever DefaultAzureCredential finds</value>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>The site's origins, <c>https://host[:port]</c>, whose pages may upload and read. No wildcard.</summary>
    /// <value>none</value>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Whether containers and CORS rules are set at start. In Azure the infrastructure's templates do it.</summary>
    /// <value>true</value>
    public bool Initialize { get; set; } = true;
}
