using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Probing;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>The real prober.</summary>
internal static class Probers
{
    // One for all, as in a host: it asks FFmpeg for its codecs once.
    private static readonly Lazy<Task<MediaProber>> s_usual = new(() => MakeAsync(new()));

    public static async Task<ProbeOutcome> ProbeAsync(string path, Action<SourceLimits>? limits = null)
    {
        var options = new VodOptions();
        limits?.Invoke(options.Limits);
        MediaProber prober = await (limits is null ? s_usual.Value : MakeAsync(options));
        return await prober.ProbeAsync(path, CancellationToken.None);
    }

    private static async Task<MediaProber> MakeAsync(VodOptions options) => new(
        await Sandboxes.FFmpegAsync(), Options.Create(options), TimeProvider.System, NullLogger<MediaProber>.Instance);

    public static async Task<SourceFacts> FactsAsync(string path)
    {
        ProbeOutcome outcome = await ProbeAsync(path);
        Assert.Null(outcome.Error);
        return outcome.Facts!;
    }

    public static async Task RefusedAsync(JobErrorCode code, string path, Action<SourceLimits>? limits = null)
    {
        ProbeOutcome outcome = await ProbeAsync(path, limits);
        Assert.True(outcome.Error is not null, $"Accepted: {outcome.Facts}");
        Assert.True(code == outcome.Error.Code, outcome.Error.ToString());
    }
}
