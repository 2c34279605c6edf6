using Microsoft.Extensions.Options;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>Checks what the stored blob really is and weighs, whatever the client declared.</summary>
public sealed class ProbeSource(
    MediaWorkbench workbench, IUploadStore uploads, IMediaProber prober, IOptions<VodOptions> options)
    : VodActivity<SourceRef, ProbeOutcome>
{
    /// <inheritdoc />
    public override async Task<ProbeOutcome> RunAsync(SourceRef input, CancellationToken cancellationToken)
    {
        if (await CheckStoredAsync(input, cancellationToken) is { } refused)
        {
            return new ProbeOutcome(null, refused);
        }

        ProbeOutcome? outcome = null;
        JobError? error = await workbench.RunAsync(
            input,
            "probe",
            async (path, _, token) =>
            {
                outcome = await prober.ProbeAsync(path, token);
                return outcome.Error;
            },
            cancellationToken);
        return error is null ? outcome! : new ProbeOutcome(null, error);
    }

    private async Task<JobError?> CheckStoredAsync(SourceRef input, CancellationToken cancellationToken)
    {
        StoredUpload? stored = await uploads.FindAsync(input.Job.VideoId, cancellationToken);
        if (stored is null || stored.ETag != input.ETag)
        {
            return new JobError(JobErrorCode.SourceGone, stored is null ? "There is no upload." : "Another content was stored.");
        }

        long max = options.Value.Uploads.MaxBytes;
        return stored.SizeBytes == 0 ? new JobError(JobErrorCode.NotAVideo, "The file is empty.")
            : stored.SizeBytes > max ? new JobError(JobErrorCode.TooLarge, $"{stored.SizeBytes} bytes; {max} are allowed.")
            : null;
    }
}
