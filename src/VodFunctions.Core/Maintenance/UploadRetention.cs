using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Maintenance;

/// <summary>Decides when a stored upload is no longer needed.</summary>
public static class UploadRetention
{
    private static readonly TimeSpan s_orphanAge = TimeSpan.FromDays(1);

    /// <summary>Whether it is to be removed.</summary>
    /// <param name="record">
    /// Its video. A record comes before the first URL, so an upload without one is left over from a URL that outlived it.
    /// </param>
    /// <param name="lastModified">When it was stored.</param>
    /// <param name="keep">How long.</param>
    /// <param name="now">The time.</param>
    public static bool IsOver(VideoRecord? record, DateTimeOffset lastModified, RetentionOptions keep, DateTimeOffset now) => record switch
    {
        null => lastModified + s_orphanAge <= now,
        { IsDeleted: true } => true,
        { Job.EndedAt: null } or { Job: null } => false,
        { Job.Error.IsRejection: true } => true,
        { Job: { Status: JobStatus.Completed, EndedAt: { } endedAt } } => endedAt + keep.UploadAfterCompleted <= now,
        { Job.EndedAt: { } endedAt } => endedAt + keep.UploadAfterError <= now,
    };
}
