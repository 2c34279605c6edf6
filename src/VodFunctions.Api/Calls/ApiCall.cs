using Microsoft.AspNetCore.Http;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api.Calls;

/// <summary>One call, after authentication and with its path read: all that a handler gets.</summary>
/// <param name="Context">The request. Handlers return their answer and write nothing themselves.</param>
/// <param name="SignedIn">Who calls; null when nobody signed in.</param>
/// <param name="PathVideoId">The <c>{videoId}</c> of the path, where the route has one.</param>
/// <param name="Cancellation">The client has gone, or the call's time is over.</param>
public sealed record ApiCall(HttpContext Context, Caller? SignedIn, VideoId? PathVideoId, CancellationToken Cancellation)
{
    /// <summary>Who calls, where the endpoint demands a token.</summary>
    public Caller Caller => SignedIn ?? throw new InvalidOperationException("The endpoint lets anyone in.");

    /// <summary>The <c>{videoId}</c> of the path, where the route has one.</summary>
    public VideoId VideoId => PathVideoId ?? throw new InvalidOperationException("The route has no video id.");

    /// <summary>The language of sentences for people: <c>ko</c> or <c>en</c>, as Accept-Language prefers.</summary>
    public string Language => Languages.Of(Context.Request);

    /// <summary>A path of this API for a Location header.</summary>
    /// <param name="route">Below <c>/api/</c>.</param>
    public string PathTo(string route) => $"{Context.Request.PathBase}{VodApi.Prefix}/{route}";
}
