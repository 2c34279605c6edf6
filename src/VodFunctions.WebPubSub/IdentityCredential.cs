using Azure.Core;

namespace VodFunctions.WebPubSub;

/// <summary>Calls as a Microsoft Entra identity, which needs the role "Web PubSub Service Owner". The credential caches tokens.</summary>
internal sealed class IdentityCredential(TokenCredential identity) : ServiceCredential
{
    private static readonly TokenRequestContext s_scope = new(["https://webpubsub.azure.com/.default"]);

    public override async ValueTask<string> GetBearerTokenAsync(Uri url, CancellationToken cancellationToken) =>
        (await identity.GetTokenAsync(s_scope, cancellationToken)).Token;
}
