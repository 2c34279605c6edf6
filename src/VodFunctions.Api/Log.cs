using Microsoft.Extensions.Logging;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api;

/// <summary>All that this project logs, event ids 4000 to 4099. Never a token, a URL with a signature or a body.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Debug, "A token was refused: {Reason}.")]
    public static partial void TokenRefused(this ILogger logger, string reason);

    [LoggerMessage(4001, LogLevel.Information, "{VideoId}: {Endpoint} was refused: {Code}.")]
    public static partial void Refused(this ILogger logger, VideoId? videoId, string endpoint, string code);

    [LoggerMessage(4002, LogLevel.Error, "{VideoId}: {Endpoint} failed.")]
    public static partial void Failed(this ILogger logger, Exception exception, VideoId? videoId, string endpoint);

    [LoggerMessage(4003, LogLevel.Warning, "{VideoId}: {Endpoint}: something it needs does not answer.")]
    public static partial void Unavailable(this ILogger logger, Exception exception, VideoId? videoId, string endpoint);

    [LoggerMessage(4004, LogLevel.Warning, "The readiness check {Name} failed.")]
    public static partial void ReadinessCheckFailed(this ILogger logger, Exception exception, string name);
}
