using Microsoft.Extensions.Options;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>
/// Both states PENDING; or, when the orchestration of an ended job is started anew, how its notice stands. Refused for a
/// deleted or unknown video and for an attempt that is out of turn.
/// </summary>
public sealed class OpenJob(
    IVideoRecords records, IMarkers markers, TimeProvider time, IOptions<VodOptions> options)
    : VodActivity<UploadedVideo, OpenedJob>
{
    /// <inheritdoc />
    public override async Task<OpenedJob> RunAsync(UploadedVideo input, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        JobId job = input.Job;
        await markers.SetAsync(new Marker(MarkerKind.Job, job.VideoId, now), cancellationToken);
        VideoRecord? record = null;
        try
        {
            record = await records.UpdateAsync(
                job.VideoId, found => found.OpenJob(job.Attempt, input.SourceETag ?? "", now), cancellationToken);
        }
        catch (IllegalTransitionException)
        {
            // Deleted meanwhile, or a late event for an earlier attempt.
        }

        if (record?.Job is not { } opened)
        {
            return new OpenedJob(null); // The marker may be another attempt's: the sweep drops it where nothing is owed.
        }

        await markers.RemoveAsync(MarkerKind.Ticket, job.VideoId, cancellationToken);
        var policy = JobPolicy.From(options.Value);
        if (opened.Status != JobStatus.Pending)
        {
            return new OpenedJob(policy, NoticeState.Of(record, job));
        }

        VodTelemetry.JobOpened(record, now);
        return new OpenedJob(policy);
    }
}
