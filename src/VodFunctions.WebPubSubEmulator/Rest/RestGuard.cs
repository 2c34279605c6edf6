using Microsoft.AspNetCore.Http.Features;
using VodFunctions.WebPubSubEmulator.Hubs;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.WebPubSubEmulator.Rest;

/// <summary>Lets through a call whose token, hub and version are good.</summary>
internal sealed class RestGuard(HubRegistry hubs, ServerTokens tokens, EmulatorEndpoint endpoint)
{
    private static readonly string[] s_versions = ["2021-10-01", "2022-11-01", "2023-07-01", "2024-01-01", "2024-12-01"];

    /// <summary>Answers a call, or refuses it.</summary>
    public async Task AnswerAsync(HttpContext context, Func<HttpContext, Hub, Task<IResult>> answer)
    {
        IResult result;
        try
        {
            result = await RefuseAsync(context.Request) ?? await answer(context, hubs.Get(HubOf(context.Request)));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            result = RestError.TooLarge;
        }

        await result.ExecuteAsync(context);
    }

    /// <summary>The URL as it was sent: tokens' audiences are spelled like that, and not as routing has decoded it.</summary>
    public static Uri Called(HttpRequest request) => new(
        new Uri($"{request.Scheme}://{request.Host}"),
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    private async Task<RestError?> RefuseAsync(HttpRequest request)
    {
        if (BearerHeader.Read(request) is not { } token
            || !await tokens.IsGoodAsync(token, Called(request), audience => endpoint.Is(audience, request)))
        {
            return RestError.Unauthorized;
        }

        if (!HubName.IsValid(HubOf(request)))
        {
            return RestError.BadParameter("hub", "The hub's name begins with a letter and has at most 128 characters.");
        }

        return s_versions.Contains(request.Query["api-version"].ToString())
            ? null
            : RestError.BadParameter("api-version", $"The version is one of {string.Join(", ", s_versions)}.");
    }

    private static string HubOf(HttpRequest request) => (string)request.RouteValues["hub"]!;
}
