using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd;

/// <summary>The other settings of how media is made, each through the real host.</summary>
public sealed class PackagingTests
{
    [Fact]
    public async Task MpegTs_carries_the_sound_inside_and_plays()
    {
        (IReadOnlyCollection<string> files, _) = await MakeAsync("--Vod:Transcoding:Packaging", "MpegTs");

        Assert.Contains("v180-400k/segment_0.ts", files);
        Assert.DoesNotContain(files, file => file.StartsWith("a128k", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.EndsWith(".m4s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_for_each_rendition_makes_the_same_files_as_one_for_all()
    {
        (IReadOnlyCollection<string> apart, int processes) = await MakeAsync("--Vod:Transcoding:Grouping", "PerRendition");
        (IReadOnlyCollection<string> shared, int one) = await MakeAsync();

        Assert.Equal(2, processes);
        Assert.Equal(1, one);
        Assert.Equal(shared, apart);
    }

    [Fact]
    public async Task Without_fast_start_the_first_segment_is_a_whole_one()
    {
        (IReadOnlyCollection<string> files, _) = await MakeAsync("--Vod:Transcoding:FastStart", "false");

        // 5 s: one segment, where fast start has three.
        Assert.Single(files, file => file.StartsWith("v180-400k/seg_", StringComparison.Ordinal));
    }

    private static async Task<(IReadOnlyCollection<string> Files, int Processes)> MakeAsync(params string[] settings)
    {
        string account = (await AzuriteServer.SharedAsync).NewAccount();
        await using HostProcess host = await HostProcess.StartAsync(account, settings);
        using VodClient client = await VodClient.SignInAsync(host, "uploader");
        string videoId = await client.UploadAsync(await Clips.TinyAsync);
        Assert.Null(await client.EndOfJobAsync(videoId));

        string master = (await client.GetVideoAsync(videoId)).GetProperty("playback").GetProperty("master").GetString()!;
        Assert.Equal("", await Clips.DecodeAsync(new Uri(host.Url, master)));
        int processes = host.Journal.Read($"{videoId}-1")
            .Count(happened => happened is { Kind: JournalEventKind.ActivityScheduled, Name: "Transcode" });
        return ((await new StoredBlobs(account).MediaAsync(videoId)).Keys, processes);
    }
}
