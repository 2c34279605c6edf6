using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace VodFunctions.Processing;

/// <summary>Activities that run FFmpeg: one at a time for each container of the media app.</summary>
public sealed class MediaActivityFunctions(ActivityRunner activities)
{
    /// <summary>Facts about the file, or a rejection.</summary>
    [Function("ProbeSource")]
    public Task<JsonElement> ProbeSourceAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>One process: renditions with one decode.</summary>
    [Function("Transcode")]
    public Task<JsonElement> TranscodeAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>The shared sound rendition.</summary>
    [Function("TranscodeAudio")]
    public Task<JsonElement> TranscodeAudioAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);

    /// <summary>Poster and storyboard.</summary>
    [Function("MakeStills")]
    public Task<JsonElement> MakeStillsAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.RunAsync(context, input);
}
