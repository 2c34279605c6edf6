using Microsoft.Extensions.Options;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>Both states PENDING. Refused for a deleted or unknown video and for an attempt that is out of turn.</summary>
public sealed class OpenJob(
    IVideoRecords records, IMarkers markers, TimeProvider time, IOptions<VodOptions> options)
    : IActivity<UploadedVideo, OpenedJob>
{
    /// <inheritdoc />
    public async Task<OpenedJob> RunAsync(UploadedVideo input, CancellationToken cancellationToken)
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

        if (record?.Job is not { Status: JobStatus.Pending })
        {
            await markers.RemoveAsync(MarkerKind.Job, job.VideoId, cancellationToken);
            return new OpenedJob(null);
        }

        await markers.RemoveAsync(MarkerKind.Ticket, job.VideoId, cancellationToken);
        VodTelemetry.JobOpened(record, now);
        return new OpenedJob(JobPolicy.From(options.Value));
    }
}
