using VodFunctions.Local.Tests.EndToEnd.Faults;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd;

/// <summary>Bad files through the real host: the right code, the notice, and nothing left.</summary>
public sealed class RejectionTests(RejectedUploads uploads) : IClassFixture<RejectedUploads>
{
    [Theory]
    [InlineData("text", "NOT_A_VIDEO")]
    [InlineData("mp3", "NOT_A_VIDEO")]
    [InlineData("m4a", "NOT_A_VIDEO")]
    [InlineData("mp3 with cover", "NOT_A_VIDEO")]
    [InlineData("m4a with cover", "NOT_A_VIDEO")]
    [InlineData("png", "NOT_A_VIDEO")]
    [InlineData("jpeg", "NOT_A_VIDEO")]
    [InlineData("one picture", "NOT_A_VIDEO")]
    [InlineData("HLS playlist", "NOT_A_VIDEO")]
    [InlineData("ffconcat script", "NOT_A_VIDEO")]
    [InlineData("SDP", "NOT_A_VIDEO")]
    [InlineData("playlist behind a box", "MALFORMED_VIDEO")]
    [InlineData("truncated", "MALFORMED_VIDEO")]
    [InlineData("without index", "MALFORMED_VIDEO")]
    [InlineData("16000x9000", "TOO_MANY_PIXELS")]
    [InlineData("more than declared", "TOO_LARGE")]
    [InlineData("too long", "TOO_LONG")]
    [InlineData("too short", "TOO_SHORT")]
    [InlineData("unknown codec", "UNSUPPORTED_CODEC")]
    public async Task A_bad_file_is_rejected_and_leaves_nothing(string file, string code)
    {
        Verdict verdict = await uploads[file];

        Assert.Equal(code, verdict.JobCode);
        Assert.Equal("video.failed", verdict.NoticeType);
        Assert.Equal(code, verdict.NoticeCode);
        Assert.Empty(verdict.Left);
        Assert.Equal((409, "JOB_NOT_REQUEUEABLE"), verdict.Requeue);
    }

    [Fact]
    public async Task A_script_that_names_a_local_file_and_an_address_opens_neither()
    {
        foreach (string script in new[] { "HLS playlist", "ffconcat script", "SDP", "playlist behind a box" })
        {
            await uploads[script];
        }

        Assert.False(uploads.Traps.FileWasOpened, "The local file was opened.");
        Assert.False(uploads.Traps.PortWasOpened, "The local port was opened.");
        await uploads.Traps.SpringAsync();
        Assert.True(uploads.Traps.FileWasOpened && uploads.Traps.PortWasOpened, "The traps do not work.");
    }
}
