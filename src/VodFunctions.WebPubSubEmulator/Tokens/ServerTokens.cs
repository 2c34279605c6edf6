namespace VodFunctions.WebPubSubEmulator.Tokens;

/// <summary>Makes and checks the token of a call to the REST API: <c>aud</c> is the URL of the call.</summary>
internal sealed class ServerTokens(SignedTokens tokens)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>A token for one call.</summary>
    public string Issue(Uri url) => tokens.Issue(url.AbsoluteUri, s_lifetime, new Dictionary<string, object>());

    /// <summary>Whether a token is good for a call, with its query or without.</summary>
    /// <param name="token">As received.</param>
    /// <param name="url">What is called.</param>
    /// <param name="isEndpoint">Whether an audience's authority is this endpoint.</param>
    public async Task<bool> IsGoodAsync(string token, Uri url, Func<Uri, bool> isEndpoint) =>
        await tokens.ValidateAsync(token, audience =>
            audience.AbsolutePath == url.AbsolutePath
            && (audience.Query.Length == 0 || audience.Query == url.Query)
            && isEndpoint(audience)) is not null;
}
