using VodFunctions.Api;

namespace VodFunctions.Local.Site;

/// <summary>How people sign in: here by naming themselves (<c>POST /api/dev/token</c>).</summary>
/// <param name="Kind">The app's name for that way.</param>
internal sealed record SiteSignIn(string Kind);

/// <summary><c>/config.json</c>: what the app asks for at its start, so that one build serves every installation.</summary>
/// <param name="Api">Where the API is, as a path of this host or a URL.</param>
/// <param name="SignIn">How people sign in.</param>
internal sealed record SiteConfig(string Api, SiteSignIn SignIn)
{
    /// <summary>The path that the app asks at.</summary>
    public const string Path = "/config.json";

    /// <summary>This host's own.</summary>
    public static SiteConfig Local { get; } = new(VodApi.Prefix, new SiteSignIn("development"));
}
