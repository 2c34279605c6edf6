using System.Globalization;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Processing;
using VodFunctions.FFmpeg.Transcoding;

namespace VodFunctions.Bench.Bare;

/// <summary>
/// The command to compare with: what a person who knows FFmpeg would type for the same ladder. One process, one decode, each
/// size made from the next larger one, the product's own encoder settings, FFmpeg's HLS muxer, no sandbox, no stills.
/// </summary>
internal static class BareCommand
{
    /// <summary>Builds it for files below <paramref name="folder"/>.</summary>
    public static IReadOnlyList<string> Build(
        string source, SourceFacts facts, TranscodePlan plan, JobPolicy policy, string folder)
    {
        bool sound = facts.AudioStream is not null;
        int count = plan.Renditions.Count;
        return
        [
            "-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-i", source,
            "-filter_complex", Graph(facts, plan),
            .. Enumerable.Range(0, count).SelectMany(i => new[] { "-map", Text($"[v{i}]") }),
            .. sound ? ["-map", Text($"0:{facts.AudioStream}")] : Array.Empty<string>(),
            .. plan.Renditions.SelectMany((rendition, i) => OfStream(X264Arguments.Build(plan.Grid, rendition), i)),
            .. sound ? ["-c:a", "aac", "-b:a", Text($"{policy.AudioBitrate.BitsPerSecond}"), "-ac", "2", "-ar", "48000"]
                : Array.Empty<string>(),
            "-map_metadata", "-1", "-f", "hls", "-hls_time", Text($"{policy.SegmentSeconds}"), "-hls_playlist_type", "vod",
            "-hls_segment_type", "fmp4", "-master_pl_name", "master.m3u8",
            "-var_stream_map", string.Join(' ', Enumerable.Range(0, count).Select(i => Text($"v:{i}{(sound ? ",agroup:a" : "")}"))
                .Concat(sound ? ["a:0,agroup:a"] : [])),
            "-hls_segment_filename", Path.Combine(folder, "%v", "seg_%05d.m4s"), Path.Combine(folder, "%v", "index.m3u8"),
        ];
    }

    private static string Graph(SourceFacts facts, TranscodePlan plan)
    {
        string graph = Text($"[0:{facts.VideoStream}]")
            + PictureFilter.ToSdr(facts, plan.Renditions[0].Size, zscale: true, ColorTarget.Video);
        for (int i = 1; i < plan.Renditions.Count; i++)
        {
            graph += Text($",split=2[v{i - 1}][s{i}];[s{i}]") + PictureFilter.Smaller(plan.Renditions[i].Size);
        }

        return graph + Text($"[v{plan.Renditions.Count - 1}]");
    }

    // The product has an output file for each rendition; here they are streams of one output: "-crf 23" is "-crf:v:1 23".
    private static IEnumerable<string> OfStream(IReadOnlyList<string> encoder, int stream) => encoder.Select((word, index) =>
        index % 2 == 1 ? word
        : word.EndsWith(":v", StringComparison.Ordinal) ? Text($"{word}:{stream}")
        : Text($"{word}:v:{stream}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
