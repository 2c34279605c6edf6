using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

/// <summary>Whatever the source's clocks do, its film comes out whole and in step.</summary>
public sealed class WholeFilmTests
{
    public static TheoryData<string, Packaging> Everything()
    {
        var data = new TheoryData<string, Packaging>();
        foreach (string name in Films.All.Keys)
        {
            data.Add(name, Packaging.Cmaf);
            data.Add(name, Packaging.MpegTs);
        }

        return data;
    }

    [Theory]
    [InlineData("late-picture.mp4", Packaging.Cmaf)]
    [InlineData("late-sound.ts", Packaging.Cmaf)]
    [InlineData("late-sound.ts", Packaging.MpegTs)]
    [InlineData("still-end.webm", Packaging.Cmaf)]
    [InlineData("joined3-two.ts", Packaging.Cmaf)]
    [InlineData("joined2-two.mpg", Packaging.Cmaf)]
    [InlineData("reordered.mkv", Packaging.Cmaf)]
    [InlineData("trimmed.mp4", Packaging.MpegTs)]
    public Task A_film_is_whole_and_in_step(string name, Packaging packaging) => Films.All[name].IsWholeAsync(packaging);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Everything))]
    public Task Every_film_is_whole_and_in_step(string name, Packaging packaging) => Films.All[name].IsWholeAsync(packaging);
}
