namespace VodFunctions.Local;

/// <summary>
/// Every log line of this project. Event ids: 5000 host, 5100 playback; elsewhere in this project 5300 the watcher, 5400 the
/// sweep, 7100 the embedded runner. No line takes a URL with its query: SAS and access tokens live there.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "Data folder {Folder}")]
    public static partial void DataFolderOpened(ILogger log, string folder);

    [LoggerMessage(5100, LogLevel.Warning, "{Name}: media storage gave no answer ({Reason})")]
    public static partial void MediaUnavailable(ILogger log, string name, string reason);
}
