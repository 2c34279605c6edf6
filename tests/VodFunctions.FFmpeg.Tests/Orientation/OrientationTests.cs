using VodFunctions.Core.Media;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Orientation;

/// <summary>A bitstream that says how its pictures are turned loses none of them, and turns none.</summary>
public sealed class OrientationTests
{
    private static readonly string[] s_h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bf", "0"];

    public static TheoryData<string> Others => ["each keyframe.mkv", "hevc.mp4", "turned by its container too.mp4", "trimmed.mov"];

    [Theory]
    [InlineData("first picture.mp4")]
    [InlineData("comes, changes, goes.ts")]
    public async Task Every_picture_is_shown_once_and_as_coded(string name)
    {
        using var clip = new Clip { Name = "source" + Path.GetExtension(name), Facts = null! };
        (int[] wanted, string size) = await MakeAsync(name, clip);
        clip.Facts = await Probers.FactsAsync(clip.Path);
        Assert.True(clip.Facts.HasOrientationMessages);
        Assert.Equal(PixelSize.Parse(size), clip.Facts.ShownSize);
        using var job = new Job(clip);

        await job.RunAsync(Grouping.SharedDecode, Job.Rendition(size));

        await Verify.AllAsync(job);
        string master = Path.Combine(job.Output, "master.m3u8");
        Assert.Equal(wanted, await Counted.PicturesAsync(master, clip.Facts.QuarterTurns == 1 ? "transpose=cclock" : "null"));
    }

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Others))]
    public Task Also_of_other_kinds(string name) => Every_picture_is_shown_once_and_as_coded(name);

    private static async Task<(int[] Numbers, string Size)> MakeAsync(string name, Clip clip)
    {
        switch (name)
        {
            case "comes, changes, goes.ts":
                byte[] parts = [];
                foreach ((string filter, int index) in new[] { "", Turn(90), Turn(180), "" }.Select((filter, index) => (filter, index)))
                {
                    string part = Path.Combine(clip.Folder, "part.ts");
                    await clip.RunAsync(
                        [
                            .. Counted.Picture(1), .. s_h264, .. filter == "" ? Array.Empty<string>() : ["-bsf:v", filter], "-output_ts_offset",
                            $"{index}", part,
                        ]);
                    parts = [.. parts, .. await File.ReadAllBytesAsync(part)];
                }

                await File.WriteAllBytesAsync(clip.Path, parts);
                return ([.. Enumerable.Range(0, 120).Select(index => index % 30)], "160x90");
            case "hevc.mp4":
                string raw = Path.Combine(clip.Folder, "raw.hevc");
                await clip.RunAsync(
                    [.. Counted.Picture(2), "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:bframes=0", raw]);
                await File.WriteAllBytesAsync(raw, BeforeFirstSlice(await File.ReadAllBytesAsync(raw), "000000014E012F0308001880"));
                await clip.RunAsync("-r", "30", "-i", raw, "-c", "copy", clip.Path);
                break;
            case "turned by its container too.mp4":
                await clip.RunAsync([.. Counted.Picture(2), .. s_h264, "-g", "15", "-bsf:v", Turn(180), clip.Path]);
                clip.Facts = await Probers.FactsAsync(clip.Path);
                await clip.TurnAsync(1);
                return ([.. Enumerable.Range(0, 60)], "90x160");
            case "trimmed.mov":
                string whole = Path.Combine(clip.Folder, "whole.mov");
                await clip.RunAsync([.. Counted.Picture(4), .. s_h264, "-g", "30", "-bsf:v", Turn(90), whole]);
                await clip.RunAsync("-ss", "1.5", "-i", whole, "-c", "copy", clip.Path);
                return ([.. Enumerable.Range(45, 75)], "160x90");
            default:
                string[] often = name.StartsWith("each", StringComparison.Ordinal) ? ["-g", "15"] : [];
                await clip.RunAsync([.. Counted.Picture(2), .. s_h264, .. often, "-bsf:v", Turn(90), clip.Path]);
                break;
        }

        return ([.. Enumerable.Range(0, 60)], "160x90");
    }

    private static string Turn(int degrees) => $"h264_metadata=display_orientation=insert:rotate={degrees}";

    /// <summary>Puts a unit before the first slice of raw HEVC: a keyframe (types 16 to 21).</summary>
    private static byte[] BeforeFirstSlice(byte[] bytes, string unit)
    {
        for (int at = 0; ; at++)
        {
            if (bytes.AsSpan(at).StartsWith((ReadOnlySpan<byte>)[0, 0, 1]) && (bytes[at + 3] >> 1 & 0x3F) is >= 16 and <= 21)
            {
                return [.. bytes[..at], .. Convert.FromHexString(unit), .. bytes[at..]];
            }
        }
    }
}
