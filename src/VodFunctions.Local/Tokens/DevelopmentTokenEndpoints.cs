using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using VodFunctions.Core.Videos;

namespace VodFunctions.Local.Tokens;

/// <summary>What <c>POST /api/dev/token</c> takes.</summary>
/// <param name="User">The subject.</param>
/// <param name="Roles"><c>uploader</c>, <c>admin</c>, both; none for a viewer.</param>
public sealed record DevelopmentTokenRequest(string? User, IReadOnlyList<string>? Roles);

/// <summary>What <c>POST /api/dev/token</c> answers.</summary>
/// <param name="Token">A bearer token.</param>
public sealed record DevelopmentTokenResponse(string Token);

/// <summary>The issuer's endpoints: tokens for callers on this machine, and the public key for whoever checks them.</summary>
public static class DevelopmentTokenEndpoints
{
    /// <summary>Registers <see cref="DevelopmentTokens"/>.</summary>
    public static IServiceCollection AddVodDevelopmentTokens(this IServiceCollection services) =>
        services.AddSingleton<DevelopmentTokens>();

    /// <summary>Maps <c>POST /api/dev/token</c> and the issuer's metadata (OpenID Connect Discovery 1.0 section 4).</summary>
    public static IEndpointRouteBuilder MapVodDevelopmentTokens(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/dev/token", Issue);
        endpoints.MapGet("/.well-known/openid-configuration", Metadata).ExcludeFromDescription();
        endpoints.MapGet("/.well-known/jwks.json", KeySet).ExcludeFromDescription();
        return endpoints;
    }

    private static Results<Ok<DevelopmentTokenResponse>, ProblemHttpResult> Issue(
        DevelopmentTokenRequest request, DevelopmentTokens tokens, HttpContext context)
    {
        if (!LoopbackOnly.Allows(context))
        {
            return Problem(StatusCodes.Status403Forbidden, "FORBIDDEN", "Development tokens are for callers on this machine.");
        }

        if (!UserId.TryParse(request.User, null, out UserId user))
        {
            return Problem(StatusCodes.Status400BadRequest, "INVALID_REQUEST", "'user' must have 1 to 255 characters.");
        }

        IReadOnlyList<string> roles = request.Roles ?? [];
        if (roles.Any(role => role is not ("uploader" or "admin")))
        {
            return Problem(StatusCodes.Status400BadRequest, "INVALID_REQUEST", "'roles' may hold 'uploader' and 'admin'.");
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new DevelopmentTokenResponse(tokens.Issue(user, roles.Distinct())));
    }

    private static JsonObject Metadata(HttpRequest request) => new()
    {
        ["issuer"] = DevelopmentTokens.Issuer,
        ["jwks_uri"] = $"{request.Scheme}://{request.Host}/.well-known/jwks.json",
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    };

    private static JsonObject KeySet(DevelopmentTokens tokens)
    {
        var key = tokens.PublicKey;
        return new()
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = key.Kty,
                ["use"] = key.Use,
                ["alg"] = key.Alg,
                ["kid"] = key.Kid,
                ["n"] = key.N,
                ["e"] = key.E,
            }),
        };
    }

    private static ProblemHttpResult Problem(int status, string code, string detail) => TypedResults.Problem(
        statusCode: status, detail: detail, extensions: new Dictionary<string, object?> { ["code"] = code });
}
