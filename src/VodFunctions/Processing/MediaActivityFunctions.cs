using Microsoft.Azure.Functions.Worker;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Processing;

namespace VodFunctions.Processing;

/// <summary>Activities that run FFmpeg: one at a time for each container of the media app.</summary>
public sealed class MediaActivityFunctions(ActivityRunner activities)
{
    /// <summary>Facts about the file, or a rejection.</summary>
    [Function("ProbeSource")]
    public Task<ProbeOutcome> ProbeSourceAsync([ActivityTrigger] SourceRef input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.ProbeSource, input, context);

    /// <summary>One process: renditions with one decode.</summary>
    [Function("Transcode")]
    public Task<WorkOutcome> TranscodeAsync([ActivityTrigger] TranscodeInput input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.Transcode, input, context);

    /// <summary>The shared sound rendition.</summary>
    [Function("TranscodeAudio")]
    public Task<WorkOutcome> TranscodeAudioAsync([ActivityTrigger] MediaJob input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.TranscodeAudio, input, context);

    /// <summary>Poster and storyboard.</summary>
    [Function("MakeStills")]
    public Task<StillsOutcome> MakeStillsAsync([ActivityTrigger] StillsInput input, FunctionContext context) =>
        activities.RunAsync(ProcessVideoActivities.MakeStills, input, context);
}
