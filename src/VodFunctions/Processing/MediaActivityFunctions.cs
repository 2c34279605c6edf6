using Microsoft.Azure.Functions.Worker;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Processing;

namespace VodFunctions.Processing;

/// <summary>Activities that run FFmpeg: one at a time for each container of the media app.</summary>
public static class MediaActivityFunctions
{
    /// <summary>Facts about the file, or a rejection.</summary>
    [Function("ProbeSource")]
    public static Task<ProbeOutcome> ProbeSourceAsync([ActivityTrigger] SourceRef input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.ProbeSource, input);

    /// <summary>One process: renditions with one decode.</summary>
    [Function("Transcode")]
    public static Task<WorkOutcome> TranscodeAsync([ActivityTrigger] TranscodeInput input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.Transcode, input);

    /// <summary>The shared sound rendition.</summary>
    [Function("TranscodeAudio")]
    public static Task<WorkOutcome> TranscodeAudioAsync([ActivityTrigger] MediaJob input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.TranscodeAudio, input);

    /// <summary>Poster and storyboard.</summary>
    [Function("MakeStills")]
    public static Task<StillsOutcome> MakeStillsAsync([ActivityTrigger] StillsInput input, FunctionContext context) =>
        context.RunActivityAsync(ProcessVideoActivities.MakeStills, input);
}
