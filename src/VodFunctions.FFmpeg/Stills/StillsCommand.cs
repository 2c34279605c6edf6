using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Stills;

/// <summary>The arguments of the runs that make the poster and the sprite sheet.</summary>
internal static class StillsCommand
{
    /// <summary>
    /// A tile is the last of so many pictures around its time. They go on where the source's have ended, for a tile that would
    /// have none: the sound may be longer, or the picture stand still.
    /// </summary>
    private const int PicturesOfTile = 4;

    /// <summary>The first frame. One thread: others would only decode ahead.</summary>
    public static IReadOnlyList<string> Poster(StillsWork work, long maxPixels, bool zscale) =>
    [
        .. Global,
        .. Source(work.SourcePath, work.Facts, maxPixels, "-threads", "1"),
        "-filter_complex",
        // At the output's times: of pictures at negative ones, as behind a transport stream's wrap, ffmpeg writes none.
        Text($"[0:{work.Facts.VideoStream}]") + PictureFilter.Deinterlace(work.Facts)
            + PictureFilter.AtOutputTimes(work.Facts, work.Grid) + PictureFilter.ToSdr(work.Facts, work.PosterSize, zscale, ColorTarget.Jpeg) + "[p]",
        .. Output("[p]", MediaFiles.Poster),
    ];

    /// <summary>
    /// The sprite sheet. Reading and decoding only keyframes costs about a hundredth of all; not deinterlaced, as neighbours are
    /// missing and a tile's lines are many fields wide. A picture that changes its size on the way goes through the same filters:
    /// new ones would begin a new sheet. Not so one that FFmpeg turns: it does that by a filter of its own, which takes every
    /// picture for one of the first's size, and reads beyond a smaller one.
    /// </summary>
    /// <param name="work">What of.</param>
    /// <param name="plan">How.</param>
    /// <param name="maxPixels">Of a picture.</param>
    /// <param name="zscale">Whether the build has zscale.</param>
    /// <param name="keyFramesOnly">Off for a source whose keyframes are too far apart, or not found.</param>
    public static IReadOnlyList<string> Storyboard(StillsWork work, StoryboardPlan plan, long maxPixels, bool zscale, bool keyFramesOnly)
    {
        string[] keep = work.Facts.ShownAsCoded ? ["-reinit_filter", "0"] : [];
        string[] skim = keyFramesOnly ? ["-skip_frame", "nokey", "-discard", "nokey"] : [];
        long often = plan.IntervalMilliseconds / PicturesOfTile;
        return
        [
            .. Global,
            .. Source(work.SourcePath, work.Facts, maxPixels, [.. keep, .. skim]),
            "-filter_complex",
            Text($"[0:{work.Facts.VideoStream}]{PictureFilter.AtOutputTimes(work.Facts, work.Grid)}fps=1000/{often}:start_time=0:eof_action=pass,")
                + Text($"tpad=stop=-1:stop_mode=clone,fps=1000/{plan.IntervalMilliseconds}:start_time=0,trim=end_frame={plan.Count},")
                + PictureFilter.ToSdr(work.Facts, plan.Tile, zscale, ColorTarget.Jpeg)
                + Text($",tile={plan.Columns}x{plan.Rows}[t]"),
            .. Output("[t]", MediaFiles.StoryboardSheet),
        ];
    }

    private static IReadOnlyList<string> Output(string label, string file) =>
    [
        "-map", label, .. Stripped, "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3", "-f", "image2", "-update", "1", file,
    ];
}
