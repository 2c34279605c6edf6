namespace VodFunctions.WebPubSubEmulator;

/// <summary>Every log line of this project, event ids from 5200. No line takes a URL with its query: access tokens live there.</summary>
internal static partial class Log
{
    [LoggerMessage(5200, LogLevel.Debug, "{Connection}: connected to hub {Hub}, protocol {Protocol}")]
    public static partial void Connected(ILogger log, string connection, string hub, string protocol);

    [LoggerMessage(5201, LogLevel.Debug, "{Connection}: disconnected ({Reason})")]
    public static partial void Disconnected(ILogger log, string connection, string reason);

    [LoggerMessage(5202, LogLevel.Warning, "{Connection}: dropped, it does not read what it is sent")]
    public static partial void Stalled(ILogger log, string connection);

    [LoggerMessage(5203, LogLevel.Information, "Hub {Hub}: a connection was refused ({Reason})")]
    public static partial void ConnectRefused(ILogger log, string hub, string reason);
}
