using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using VodFunctions.Api.Settings;
using VodFunctions.Core.Settings;
using VodFunctions.Local.WebPubSub;

namespace VodFunctions.Local.Site;

/// <summary>The headers of every answer of the site: what its pages may do, whoever has written into them.</summary>
internal sealed class SiteHeaders(IServiceProvider services)
{
    // What no page of this site asks a browser for.
    private const string Permissions =
        "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), midi=()";

    // Only once the host listens its own address is known.
    private readonly Lazy<string> _policy = new(() => ContentSecurityPolicy.For(
        services.GetRequiredService<BlobServiceClient>().Uri,
        services.GetVodWebPubSubEndpoint(),
        Uri.TryCreate(services.GetRequiredService<IOptions<VodOptions>>().Value.PlaybackOrigin, UriKind.Absolute, out Uri? media)
            && media.Scheme is "http" or "https" ? media : null,
        Uri.TryCreate(services.GetRequiredService<IOptions<AuthOptions>>().Value.Authority, UriKind.Absolute, out Uri? issuer)
            ? issuer : null));

    /// <summary>Writes them.</summary>
    public void WriteTo(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _policy.Value;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
