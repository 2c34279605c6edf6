using System.Text;
using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>The arguments of the run that makes all renditions of a <see cref="VideoWork"/> with one decode.</summary>
internal static class VideoCommand
{
    /// <summary>Builds them; output names are relative to the work folder.</summary>
    /// <param name="work">What to make.</param>
    /// <param name="maxPixels">Of a picture.</param>
    /// <param name="zscale">Whether the build has zscale.</param>
    /// <param name="sound">The input that has the sound to mux in: see <see cref="SoundCommand"/>. Empty for none.</param>
    public static IReadOnlyList<string> Build(VideoWork work, long maxPixels, bool zscale, IReadOnlyList<string> sound)
    {
        bool muxesSound = sound.Count > 0;
        var arguments = new List<string>();
        arguments.AddRange(Global);
        arguments.AddRange(Source(work.SourcePath, work.Facts, maxPixels));
        arguments.AddRange(sound);
        arguments.AddRange(["-filter_complex", Picture(work, zscale)]);
        if (muxesSound)
        {
            // A graph of its own: in one with the picture, all pictures before the first sound would wait in memory.
            arguments.AddRange(["-filter_complex", Sound(work)]);
        }

        for (int i = 0; i < work.Renditions.Count; i++)
        {
            arguments.AddRange(["-map", $"[v{i}]", .. muxesSound ? ["-map", $"[a{i}]"] : Array.Empty<string>()]);
            // Frames come from the graph at times of the grid. ffmpeg adds those before the first, and those that were lost in
            // a graph which it built anew.
            arguments.AddRange(["-fps_mode:v", "cfr"]);
            // Not with sound: at its last frame ffmpeg would end the sound too, which is behind, as x264 looks ahead.
            arguments.AddRange(muxesSound ? Stripped : ["-frames:v", Text(work.Grid.FrameCount), .. Stripped]);
            arguments.AddRange(X264Arguments.Build(work.Grid, work.Renditions[i]));
            arguments.AddRange(muxesSound ? SoundFilter.Encoder(work.AudioBitrate) : []);
            arguments.AddRange(GroupFiles.Output(i, work.Packaging));
        }

        return arguments;
    }

    private static string Picture(VideoWork work, bool zscale)
    {
        var graph = new StringBuilder();
        graph.Append(Text($"[0:{work.Facts.VideoStream}]")).Append(PictureFilter.Deinterlace(work.Facts));
        string rate = PictureFilter.OnTimeline(work.Facts, work.Grid);
        string size = PictureFilter.ToSdr(work.Facts, work.Renditions[0].Size, zscale, ColorTarget.Video);
        // Whatever comes second works on what the first lets through: dropped pictures are not scaled, and pictures that are
        // shown for many frames are scaled once.
        bool repeats = work.Facts.PictureCount > 0 && work.Facts.PictureCount < work.Grid.FrameCount;
        graph.AppendJoin(',', repeats ? [size, rate] : [rate, size]);

        // Each size is made from the next larger one, which costs less than from the source.
        for (int i = 1; i < work.Renditions.Count; i++)
        {
            graph.Append(Text($",split=2[v{i - 1}][s{i}];[s{i}]"));
            graph.Append(PictureFilter.Smaller(work.Renditions[i].Size));
        }

        return graph.Append(Text($"[v{work.Renditions.Count - 1}]")).ToString();
    }

    private static string Sound(VideoWork work) =>
        "[1:0]" + SoundFilter.Fill(work.Grid) + Text($",asplit={work.Renditions.Count}")
        + string.Concat(Enumerable.Range(0, work.Renditions.Count).Select(i => Text($"[a{i}]")));
}
