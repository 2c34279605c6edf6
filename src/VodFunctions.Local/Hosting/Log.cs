namespace VodFunctions.Local;

/// <summary>
/// Every log line of this project. Event ids: 5000 host, 5100 playback, 5200 Web PubSub; elsewhere in this project 5300 the watcher,
/// 5400 the sweep, 7100 the embedded runner. No line
/// takes a URL with its query: SAS and access tokens live there.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "Data folder {Folder}")]
    public static partial void DataFolderOpened(ILogger log, string folder);

    [LoggerMessage(5100, LogLevel.Warning, "{Name}: media storage gave no answer ({Reason})")]
    public static partial void MediaUnavailable(ILogger log, string name, string reason);

    [LoggerMessage(5200, LogLevel.Debug, "{Connection}: connected to hub {Hub}, protocol {Protocol}")]
    public static partial void Connected(ILogger log, string connection, string hub, string protocol);

    [LoggerMessage(5201, LogLevel.Debug, "{Connection}: disconnected ({Reason})")]
    public static partial void Disconnected(ILogger log, string connection, string reason);

    [LoggerMessage(5202, LogLevel.Warning, "{Connection}: dropped, it does not read what it is sent")]
    public static partial void Stalled(ILogger log, string connection);

    [LoggerMessage(5203, LogLevel.Information, "Hub {Hub}: a connection was refused ({Reason})")]
    public static partial void ConnectRefused(ILogger log, string hub, string reason);
}
