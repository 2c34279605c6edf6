using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Processing.Activities;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Core.Tests.Processing;

public sealed class LiveProgressTests
{
    private static readonly UserId s_owner = UserId.Parse("alice");
    private static readonly VideoId s_video = VideoId.Parse("0123456789abcdef0123456789abcdef");
    private static readonly VideoId s_other = VideoId.Parse("fedcba9876543210fedcba9876543210");

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingNotificationChannel _channel = new();
    private readonly LiveProgress _live;

    public LiveProgressTests() => _live = new LiveProgress(_channel, _time, NullLogger<LiveProgress>.Instance);

    [Fact]
    public void A_video_is_pushed_at_most_once_a_second_whatever_its_parts_report()
    {
        IProgress<double> picture = _live.For(s_owner, s_video, "v720");
        IProgress<double> sound = _live.For(s_owner, s_video, "a128k");

        picture.Report(0.1);
        sound.Report(0.2);
        picture.Report(0.3);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        picture.Report(0.4);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        sound.Report(0.5);
        picture.Report(0.6);

        Assert.Equal(["v720 10", "a128k 50"], Pushed());
    }

    [Fact]
    public void Another_video_has_a_second_of_its_own()
    {
        _live.For(s_owner, s_video, "v720").Report(0.1);
        _live.For(s_owner, s_other, "v480").Report(0.2);

        Assert.Equal(["v720 10", "v480 20"], Pushed());
    }

    [Fact]
    public void Each_parts_end_is_pushed_within_the_second_of_another_push()
    {
        IProgress<double> picture = _live.For(s_owner, s_video, "v720");
        IProgress<double> sound = _live.For(s_owner, s_video, "a128k");

        picture.Report(0.5);
        sound.Report(1);
        picture.Report(1);

        Assert.Equal(["v720 50", "a128k 100", "v720 100"], Pushed());
    }

    [Fact]
    public void The_end_comes_once_and_nothing_after_it()
    {
        IProgress<double> picture = _live.For(s_owner, s_video, "v720");
        picture.Report(1);
        picture.Report(1);
        _time.Advance(TimeSpan.FromMinutes(2));
        picture.Report(0.9);
        picture.Report(1.5);

        Assert.Equal(["v720 100"], Pushed());
    }

    [Fact]
    public void The_second_after_an_end_is_as_quiet_as_any_other()
    {
        IProgress<double> picture = _live.For(s_owner, s_video, "v720");
        _live.For(s_owner, s_video, "a128k").Report(1);
        picture.Report(0.5);
        _time.Advance(TimeSpan.FromSeconds(1));
        picture.Report(0.6);

        Assert.Equal(["a128k 100", "v720 60"], Pushed());
    }

    [Theory]
    [InlineData(0.999, 99)]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    public void What_has_not_ended_never_reads_100(double fraction, int percent)
    {
        _live.For(s_owner, s_video, "v720").Report(fraction);
        Assert.Equal([$"v720 {percent}"], Pushed());
    }

    [Fact]
    public void The_end_waits_for_the_push_before_it_so_that_it_is_not_overtaken()
    {
        var slow = new SlowChannel();
        IProgress<double> picture =
            new LiveProgress(slow, _time, NullLogger<LiveProgress>.Instance).For(s_owner, s_video, "v720");

        picture.Report(0.9);
        _time.Advance(TimeSpan.FromSeconds(1));
        picture.Report(0.95);
        picture.Report(1);
        Assert.Equal(["v720 90"], Read(slow.Begun));

        slow.Answer.SetResult();
        Assert.Equal(["v720 90", "v720 100"], Read(slow.Begun));
    }

    [Fact]
    public void A_push_that_fails_is_dropped_and_the_end_still_comes()
    {
        IProgress<double> picture = _live.For(s_owner, s_video, "v720");
        _channel.Failure = new HttpRequestException("away");
        picture.Report(0.9);
        _channel.Failure = null;
        picture.Report(1);

        Assert.Equal(["v720 100"], Pushed());
    }

    [Fact]
    public async Task Every_part_of_a_job_ends_at_100()
    {
        await using var world = new VodWorld();
        world.WithoutEngine();
        VideoId videoId = await world.IssueAsync();
        await world.Records.UpdateAsync(videoId, record => record.OpenJob(1, "e", world.Time.GetUtcNow()), default);

        var policy = JobPolicy.From(new VodOptions());
        TranscodePlan plan = TranscodePlan.Create(ScriptedMedia.Facts, policy);
        var media = new MediaJob(
            new JobId(videoId, 1), "e", ScriptedMedia.Facts, plan.Grid, policy.Packaging, policy.AudioBitrate);

        await world.Get<Transcode>().RunAsync(new TranscodeInput(media, plan.Renditions), default);
        await world.Get<TranscodeAudio>().RunAsync(media, default);

        string picture = string.Join('+', plan.Renditions.Select(rendition => rendition.Name));
        Assert.Equal([$"{picture} 100", "a128k 100"], Read(world.Channel.Sent.Select(sent => sent.Json)));
    }

    [Fact]
    public async Task A_part_that_fails_does_not_end()
    {
        await using var world = new VodWorld();
        world.WithoutEngine();
        world.Media.OnMake = (_, _, _) => throw new IOException("The disk is full.");
        VideoId videoId = await world.IssueAsync();
        await world.Records.UpdateAsync(videoId, record => record.OpenJob(1, "e", world.Time.GetUtcNow()), default);
        var policy = JobPolicy.From(new VodOptions());
        TimeGrid grid = TranscodePlan.Create(ScriptedMedia.Facts, policy).Grid;
        var media = new MediaJob(
            new JobId(videoId, 1), "e", ScriptedMedia.Facts, grid, policy.Packaging, policy.AudioBitrate);

        await Assert.ThrowsAsync<IOException>(() => world.Get<TranscodeAudio>().RunAsync(media, default));

        Assert.Empty(world.Channel.Sent);
    }

    private string[] Pushed() => Read(_channel.Sent.Select(sent => sent.Json));

    private static string[] Read(IEnumerable<string> messages) =>
    [
        .. messages.Select(json => JsonDocument.Parse(json).RootElement)
            .Select(message => $"{message.GetProperty("part").GetString()} {message.GetProperty("percent").GetInt32()}"),
    ];

    /// <summary>Takes messages and answers when a test says so.</summary>
    private sealed class SlowChannel : INotificationChannel
    {
        public List<string> Begun { get; } = [];

        public TaskCompletionSource Answer { get; } = new();

        public Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken)
        {
            Begun.Add(json);
            return Answer.Task;
        }

        public Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
