namespace VodFunctions.WebPubSub;

/// <summary>Authorizes calls of the REST API, and signs client tokens where it can.</summary>
internal abstract class ServiceCredential
{
    /// <summary>Gets the bearer token of one call.</summary>
    /// <param name="url">The URL of the call.</param>
    /// <param name="cancellationToken">Cancels the request for a token.</param>
    public abstract ValueTask<string> GetBearerTokenAsync(Uri url, CancellationToken cancellationToken);

    /// <summary>Signs the token of a client that only listens; null where the service itself must issue it.</summary>
    /// <param name="audience">The client endpoint of the hub, with the scheme of the service.</param>
    /// <param name="userId">The user, the token's <c>sub</c>.</param>
    /// <param name="lifetime">How long a client can connect with it.</param>
    public virtual string? SignClientToken(Uri audience, string userId, TimeSpan lifetime) => null;
}
