namespace VodFunctions.Local.Durable;

/// <summary>What the runner logs: 7100-7199. The instance id comes first.</summary>
internal static partial class DurableLog
{
    [LoggerMessage(
        7100, LogLevel.Information,
        "The durable runner started: {Instances} instances to step, {Activities} activities to run")]
    public static partial void RunnerStarted(this ILogger logger, int instances, int activities);

    [LoggerMessage(7101, LogLevel.Information, "The durable runner stopped")]
    public static partial void RunnerStopped(this ILogger logger);

    [LoggerMessage(7110, LogLevel.Information, "{InstanceId}: started as {Orchestration}")]
    public static partial void InstanceStarted(this ILogger logger, string instanceId, string orchestration);

    [LoggerMessage(7111, LogLevel.Information, "{InstanceId}: completed")]
    public static partial void InstanceCompleted(this ILogger logger, string instanceId);

    [LoggerMessage(7112, LogLevel.Error, "{InstanceId}: failed")]
    public static partial void InstanceFailed(this ILogger logger, Exception? error, string instanceId);

    [LoggerMessage(7113, LogLevel.Information, "{InstanceId}: terminated: {Reason}")]
    public static partial void InstanceTerminated(this ILogger logger, string instanceId, string reason);

    [LoggerMessage(7114, LogLevel.Information, "{Count} ended instances purged")]
    public static partial void InstancesPurged(this ILogger logger, int count);

    [LoggerMessage(7115, LogLevel.Warning, "{InstanceId}: a newer version started it; it waits for that version")]
    public static partial void InstanceIsNewer(this ILogger logger, string instanceId);

    [LoggerMessage(7120, LogLevel.Debug, "{InstanceId}: {Activity} #{Number} starts")]
    public static partial void ActivityStarted(this ILogger logger, string instanceId, string activity, int number);

    [LoggerMessage(7121, LogLevel.Debug, "{InstanceId}: {Activity} #{Number} completed")]
    public static partial void ActivityCompleted(this ILogger logger, string instanceId, string activity, int number);

    [LoggerMessage(7122, LogLevel.Warning, "{InstanceId}: {Activity} #{Number} failed")]
    public static partial void ActivityFailed(
        this ILogger logger, Exception error, string instanceId, string activity, int number);

    [LoggerMessage(
        7123, LogLevel.Information, "{InstanceId}: {Activity} #{Number} interrupted; it runs again at the next start")]
    public static partial void ActivityInterrupted(this ILogger logger, string instanceId, string activity, int number);

    [LoggerMessage(7124, LogLevel.Information, "{InstanceId}: {Activity} #{Number} ended after its instance; ignored")]
    public static partial void ActivityIgnored(this ILogger logger, string instanceId, string activity, int number);

    [LoggerMessage(7130, LogLevel.Error, "{What} could not use the journal; again in {Delay}")]
    public static partial void JournalFailed(this ILogger logger, Exception error, string what, TimeSpan delay);

    [LoggerMessage(
        7131, LogLevel.Critical, "A loop of the durable runner failed and goes on; restart the host if an instance hangs")]
    public static partial void LoopFailed(this ILogger logger, Exception error);
}
