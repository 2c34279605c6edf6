namespace VodFunctions.WebPubSubEmulator.Rest;

/// <summary>A refusal as the service writes it: <c>ErrorDetail</c>, its code also in the header <c>x-ms-error-code</c>.</summary>
internal sealed class RestError(int status, string code, string message, string? target = null) : IResult
{
    public static RestError Unauthorized { get; } = new(
        StatusCodes.Status401Unauthorized, "Unauthorized",
        "The token is missing, expired, not signed with the access key, or not for this URL.");

    public static RestError TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, "RequestBodyTooLarge", "A message has at most 1 MiB.");

    public static RestError BadParameter(string name, string message) =>
        new(StatusCodes.Status400BadRequest, "InvalidParameter", message, name);

    public static RestError NotFound(string what) => new(StatusCodes.Status404NotFound, $"Warning.{what}.NotExisted", $"No such {what}.");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = status;
        response.Headers["x-ms-error-code"] = code;
        if (status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.WriteAsJsonAsync(new { code, message, target, details = Array.Empty<object>() });
        }
    }
}
