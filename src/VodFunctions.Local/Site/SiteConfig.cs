using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using VodFunctions.Api;
using VodFunctions.Api.Settings;
using VodFunctions.Local.Hosting;

namespace VodFunctions.Local.Site;

/// <summary>How people sign in, as the app reads it (<c>docs/web.md</c>): the members of one kind, the others null.</summary>
/// <param name="Kind"><c>development</c>: by naming themselves (<c>POST /api/dev/token</c>); <c>oidc</c>: at an issuer.</param>
internal sealed record SiteSignIn(string Kind)
{
    /// <summary>An issuer of OpenID Connect.</summary>
    public string? Issuer { get; init; }

    /// <summary>What the app is called there.</summary>
    public string? ClientId { get; init; }

    /// <summary>What it asks for, separated by blanks.</summary>
    public string? Scope { get; init; }

    /// <summary>Whom its tokens are for.</summary>
    public string? Audience { get; init; }
}

/// <summary><c>/config.json</c>: what the app asks for at its start, so that one build serves every installation.</summary>
/// <param name="Api">Where the API is, as a path of this host or a URL.</param>
/// <param name="SignIn">How people sign in.</param>
internal sealed record SiteConfig(string Api, SiteSignIn SignIn)
{
    /// <summary>The path that the app asks at.</summary>
    public const string Path = "/config.json";

    /// <summary>This host's own: at the issuer where one is configured.</summary>
    public static SiteConfig For(IOptions<AuthOptions> auth, IOptions<LocalOptions> local) => new(
        VodApi.Prefix,
        string.IsNullOrEmpty(auth.Value.Authority) ? new SiteSignIn("development") : new SiteSignIn("oidc")
        {
            Issuer = auth.Value.Authority,
            ClientId = local.Value.ClientId,
            Scope = local.Value.Scope,
            Audience = auth.Value.Audience,
        });
}

/// <summary>Writes <see cref="SiteConfig"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SiteConfig))]
internal sealed partial class SiteConfigJson : JsonSerializerContext;
