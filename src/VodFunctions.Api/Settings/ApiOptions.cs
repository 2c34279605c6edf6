using Microsoft.Extensions.Options;

namespace VodFunctions.Api.Settings;

/// <summary><c>Vod:Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod:Api";

    /// <summary>
    /// Origins of the site whose pages may call the API, such as <c>https://site.example</c>. Used by <c>MapVodApi</c>; in
    /// Azure the platform answers for the same setting.
    /// </summary>
    /// <value>none: only pages of the API's own host</value>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>
    /// What the Front Door in front of the API sends as <c>X-Azure-FDID</c>. A call without it came around it, past its limits on
    /// calls, and is refused (421); only <c>health/live</c> answers, which says nothing and is what a deployment waits for.
    /// </summary>
    /// <value>none: every call is answered</value>
    public string FrontDoorId { get; set; } = "";
}

/// <summary>Checks <see cref="ApiOptions"/> at start.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> mistakes =
        [
            .. options.AllowedOrigins
                .Select((origin, index) => (origin, index))
                .Where(entry => !IsOrigin(entry.origin))
                .Select(entry => $"Vod:Api:AllowedOrigins:{entry.index}: must be scheme://host[:port] and nothing more."),
        ];
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase);
}
