using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>Makes renditions in one process, stores their segments, and leaves their measurements for the playlists.</summary>
public sealed class Transcode(
    MediaWorkbench workbench, IMediaTranscoder transcoder, IMediaStore media, IWorkStore documents, LiveProgress progress)
    : VodActivity<TranscodeInput, WorkOutcome>
{
    /// <inheritdoc />
    public override async Task<WorkOutcome> RunAsync(TranscodeInput input, CancellationToken cancellationToken)
    {
        MediaJob job = input.Media;
        string part = string.Join('+', input.Renditions.Select(rendition => rendition.Name));
        return new WorkOutcome(await workbench.RunAsync(
            new SourceRef(job.Job, job.ETag),
            part,
            async (path, owner, token) =>
            {
                var measured = VodTelemetry.MeasureTranscode(job.Grid.DurationSeconds);
                IProgress<double> live = progress.For(owner, job.Job.VideoId, part);
                IReadOnlyList<MeasuredTrack> tracks = await transcoder.TranscodeVideoAsync(
                    new VideoWork(path, job.Facts, job.Grid, input.Renditions, job.Packaging, job.AudioBitrate),
                    new MediaSink(media, job.Job), live, token);
                foreach (MeasuredTrack track in tracks)
                {
                    await documents.PutAsync(job.Job, track.Name, track, token);
                }

                // The encoder's own count may end below it: what was foreseen is not what the source holds.
                live.Report(1);
                measured.Succeeded();
                return null;
            },
            cancellationToken));
    }
}

/// <summary>Makes the shared sound rendition.</summary>
public sealed class TranscodeAudio(
    MediaWorkbench workbench, IMediaTranscoder transcoder, IMediaStore media, IWorkStore documents, LiveProgress progress)
    : VodActivity<MediaJob, WorkOutcome>
{
    /// <inheritdoc />
    public override async Task<WorkOutcome> RunAsync(MediaJob input, CancellationToken cancellationToken) =>
        new(await workbench.RunAsync(
            new SourceRef(input.Job, input.ETag),
            AudioWork.NameOf(input.AudioBitrate),
            async (path, owner, token) =>
            {
                var work = new AudioWork(path, input.Facts, input.Grid, input.AudioBitrate);
                IProgress<double> live = progress.For(owner, input.Job.VideoId, work.Name);
                MeasuredTrack track = await transcoder.TranscodeAudioAsync(
                    work, new MediaSink(media, input.Job), live, token);
                await documents.PutAsync(input.Job, track.Name, track, token);
                live.Report(1);
                return null;
            },
            cancellationToken));
}

/// <summary>Makes poster and storyboard.</summary>
public sealed class MakeStills(MediaWorkbench workbench, IMediaTranscoder transcoder, IMediaStore media)
    : VodActivity<StillsInput, StillsOutcome>
{
    /// <inheritdoc />
    public override async Task<StillsOutcome> RunAsync(StillsInput input, CancellationToken cancellationToken)
    {
        MadeStills made = MadeStills.None;
        JobError? error = await workbench.RunAsync(
            new SourceRef(input.Media.Job, input.Media.ETag),
            "stills",
            async (path, _, token) =>
            {
                made = await transcoder.MakeStillsAsync(
                    new StillsWork(path, input.Media.Facts, input.Media.Grid, input.PosterSize),
                    new MediaSink(media, input.Media.Job),
                    token);
                return null;
            },
            cancellationToken);
        return new StillsOutcome(made, error);
    }
}

/// <summary>Stores finished files below the attempt.</summary>
internal sealed class MediaSink(IMediaStore media, JobId job) : IMediaSink
{
    public async Task PutAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        long length = content.CanSeek ? content.Length - content.Position : 0;
        await media.PutAsync(job, path, content, cancellationToken);
        VodTelemetry.Stored(length);
    }
}
