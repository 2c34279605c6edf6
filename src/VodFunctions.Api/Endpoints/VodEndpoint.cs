using Microsoft.AspNetCore.Http;
using VodFunctions.Api.Calls;

namespace VodFunctions.Api.Endpoints;

/// <summary>Who may call an endpoint. Whose video it is, the use cases decide.</summary>
public enum Access
{
    /// <summary>Anyone; a token is not looked at.</summary>
    Anyone,

    /// <summary>Anyone; a token that is sent must be valid.</summary>
    Optional,

    /// <summary>Anyone with a valid token.</summary>
    Authenticated,

    /// <summary>The role <c>uploader</c>.</summary>
    Uploader,

    /// <summary>The role <c>admin</c>.</summary>
    Admin,
}

/// <summary>An endpoint of the API.</summary>
/// <param name="Name">Stable; also the name of its function, and its <c>operationId</c>.</param>
/// <param name="Method">The HTTP method; <c>GET</c> also answers <c>HEAD</c>.</param>
/// <param name="Route">Below <c>/api/</c>; its only parameter is <c>{videoId}</c>.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Handler">Takes the host's services (singletons) and the call; throws ProblemException to refuse.</param>
public sealed record VodEndpoint(
    string Name, string Method, string Route, Access Access, Func<IServiceProvider, ApiCall, Task<IResult>> Handler)
{
    /// <summary>
    /// A call that has not ended by then is answered 503: people wait for it, and callers that hang would take the host's
    /// connections one by one while the storage stalls.
    /// </summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The methods that it answers.</summary>
    public IReadOnlyList<string> Methods => Method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [Method];
}
