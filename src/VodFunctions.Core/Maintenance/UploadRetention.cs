using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Maintenance;

/// <summary>Decides when a stored upload is no longer needed.</summary>
public static class UploadRetention
{
    /// <summary>Whether it is to be removed.</summary>
    /// <param name="record">Its video; an upload without one is left alone (it may be of another system).</param>
    /// <param name="keep">How long.</param>
    /// <param name="now">The time.</param>
    public static bool IsOver(VideoRecord? record, RetentionOptions keep, DateTimeOffset now) => record switch
    {
        null => false,
        { IsDeleted: true } => true,
        { Job.EndedAt: null } or { Job: null } => false,
        { Job.Error.IsRejection: true } => true,
        { Job: { Status: JobStatus.Completed, EndedAt: { } endedAt } } => endedAt + keep.UploadAfterCompleted <= now,
        { Job.EndedAt: { } endedAt } => endedAt + keep.UploadAfterError <= now,
    };
}
