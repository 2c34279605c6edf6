using Microsoft.Extensions.Options;

namespace VodFunctions.Api.Settings;

/// <summary><c>Vod:Auth</c>: whose tokens are believed. Unused where the host brings its own <see cref="Auth.ITokenKeys"/>.</summary>
public sealed class AuthOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod:Auth";

    /// <summary>The site's issuer: an https URL below which <c>.well-known/openid-configuration</c> is found.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What must stand in the token's <c>aud</c>.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim that holds the roles, as one string or an array of strings.</summary>
    /// <value><c>roles</c></value>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that holds what the site calls the person in public; without it posts show a pseudonym.</summary>
    /// <value><c>name</c></value>
    public string NameClaim { get; set; } = "name";
}

/// <summary>Checks <see cref="AuthOptions"/> at start, where tokens come from an issuer.</summary>
internal sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var mistakes = new List<string>();
        // Keys that came over plain http could be anyone's (OpenID Connect Discovery 1.0, section 7.1).
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out Uri? authority)
            || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
        {
            mistakes.Add("Vod:Auth:Authority: must be an https URL.");
        }

        if (string.IsNullOrWhiteSpace(options.Audience))
        {
            mistakes.Add("Vod:Auth:Audience: must not be empty.");
        }

        if (string.IsNullOrWhiteSpace(options.RoleClaim))
        {
            mistakes.Add("Vod:Auth:RoleClaim: must not be empty.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
