using Microsoft.Extensions.Options;

namespace VodFunctions.BlobStorage.Settings;

/// <summary>Checks <see cref="StorageOptions"/> at start. Its messages never repeat the connection string.</summary>
public sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> mistakes = [];
        bool hasConnectionString = !string.IsNullOrWhiteSpace(options.ConnectionString);
        if (hasConnectionString == options.BlobServiceUri is not null)
        {
            mistakes.Add($"{StorageOptions.Section}: set either ConnectionString or BlobServiceUri.");
        }

        if (hasConnectionString && !IsConnectionString(options.ConnectionString!))
        {
            mistakes.Add($"{StorageOptions.Section}:ConnectionString: not a connection string with a blob endpoint.");
        }

        if (options.BlobServiceUri is { } uri && !IsSafeEndpoint(uri))
        {
            mistakes.Add($"{StorageOptions.Section}:BlobServiceUri: must be an https address without a query "
                + "(http on this machine only).");
        }

        mistakes.AddRange(options.AllowedOrigins
            .Where(origin => !IsOrigin(origin))
            .Select(origin => $"{StorageOptions.Section}:AllowedOrigins: '{origin}' is no origin such as https://site.example."));
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    // A query may be a SAS: the tickets of this system are never to be signed by one.
    private static bool IsSafeEndpoint(Uri uri) =>
        uri.IsAbsoluteUri && uri.Query.Length == 0 && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    // RFC 6454 section 6.1: scheme, host and port, lower case, nothing after them. That is what browsers send.
    private static bool IsOrigin(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.GetLeftPart(UriPartial.Authority) == origin && uri.UserInfo.Length == 0
        && !origin.Contains('*', StringComparison.Ordinal);

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new Azure.Storage.Blobs.BlobServiceClient(text).Uri.IsAbsoluteUri;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
