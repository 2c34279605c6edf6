using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Sources;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Sources;

public sealed class SourceCacheTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeUploads _uploads = new();
    private readonly VodOptions _options = new();

    public SourceCacheTests()
    {
        _options.Transcoding.WorkFolder = _folder.File("work");
        _options.Transcoding.MaxSourceCacheBytes = 3000;
        _options.Uploads.MaxBytes = 2000;
    }

    private string[] Files => Directory.Exists(_folder.File("work/sources"))
        ? [.. Directory.GetFiles(_folder.File("work/sources")).Select(path => Path.GetFileName(path))]
        : [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_copy_has_the_content_under_a_safe_name()
    {
        SourceCache cache = Cache();
        VideoId video = Upload(1, 1000, etag: "0x8D/../\"weird\"");
        await using ISourceLease lease = await cache.AcquireAsync(video, "0x8D/../\"weird\"", CancellationToken.None);

        Assert.Equal(Content(1, 1000), await File.ReadAllBytesAsync(lease.Path));
        Assert.Matches("^[0-9a-f]{32}-[0-9a-f]{32}$", Assert.Single(Files));
    }

    [Fact]
    public async Task Copies_of_a_deleted_video_go_at_once_and_those_in_use_when_they_are_let_go()
    {
        SourceCache cache = Cache();
        VideoId idle = Upload(1, 500);
        VideoId used = Upload(2, 500);
        VideoId other = Upload(3, 500);
        await (await Acquire(cache, idle)).DisposeAsync();
        await (await Acquire(cache, other)).DisposeAsync();
        ISourceLease lease = await Acquire(cache, used);

        cache.Forget(idle);
        cache.Forget(used);
        Assert.Equal(2, Files.Length);
        Assert.True(File.Exists(lease.Path));

        await lease.DisposeAsync();
        Assert.StartsWith($"{other}-", Assert.Single(Files), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_an_earlier_run_left_of_a_deleted_video_goes_too()
    {
        VideoId video = Upload(1, 500);
        await (await Acquire(Cache(), video)).DisposeAsync();

        Cache().Forget(video);

        Assert.Empty(Files);
    }

    [Fact]
    public async Task A_copy_that_nobody_uses_goes_by_itself()
    {
        var time = new VodFunctions.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        using var cache = new SourceCache(_uploads, Options.Create(_options), time, NullLogger<SourceCache>.Instance);
        await (await Acquire(cache, Upload(1, 500))).DisposeAsync();

        time.Advance(TimeSpan.FromMinutes(50));
        Assert.Single(Files);

        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_download()
    {
        SourceCache cache = Cache();
        VideoId video = Upload(1, 1000);
        var gate = new TaskCompletionSource();
        _uploads.Midway = _ => gate.Task;
        Task<ISourceLease>[] callers = [.. Enumerable.Range(0, 8).Select(_ => Acquire(cache, video))];
        await Eventually.True(() => _uploads.Downloads == 1, "a download");
        gate.SetResult();

        ISourceLease[] leases = await Task.WhenAll(callers);
        Assert.Single(leases.Select(lease => lease.Path).Distinct());
        Assert.Equal(1, _uploads.Downloads);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_end_the_download_of_the_others()
    {
        SourceCache cache = Cache();
        VideoId video = Upload(1, 1000);
        var gate = new TaskCompletionSource();
        _uploads.Midway = gate.Task.WaitAsync;
        using var impatience = new CancellationTokenSource();
        Task<ISourceLease> first = cache.AcquireAsync(video, "etag", impatience.Token);
        Task<ISourceLease> second = Acquire(cache, video);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.True(File.Exists((await second).Path));
        Assert.Equal(1, _uploads.Downloads);
    }

    [Fact]
    public async Task When_all_callers_give_up_the_download_ends_and_leaves_nothing()
    {
        SourceCache cache = Cache();
        VideoId video = Upload(1, 1000);
        _uploads.Midway = cancellation => Task.Delay(Timeout.Infinite, cancellation);
        using var impatience = new CancellationTokenSource();
        Task<ISourceLease> only = cache.AcquireAsync(video, "etag", impatience.Token);
        await Eventually.True(() => Files.Length == 1, "a part");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);
        await Eventually.True(() => Files.Length == 0, "the part is gone");

        _uploads.Midway = _ => Task.CompletedTask;
        Assert.True(File.Exists((await Acquire(cache, video)).Path));
    }

    [Fact]
    public async Task A_full_disk_is_an_IOException_leaves_nothing_and_the_next_call_tries_again()
    {
        SourceCache cache = Cache();
        VideoId video = Upload(1, 1000);
        _uploads.Midway = _ => throw new IOException("No space left on device");

        Assert.Contains("No space", (await Assert.ThrowsAsync<IOException>(() => Acquire(cache, video))).Message, StringComparison.Ordinal);
        Assert.Empty(Files);

        _uploads.Midway = _ => Task.CompletedTask;
        Assert.True(File.Exists((await Acquire(cache, video)).Path));
    }

    [Fact]
    public async Task A_vanished_or_replaced_upload_is_gone_even_when_there_is_a_copy()
    {
        SourceCache cache = Cache();
        VideoId video = Upload(1, 1000);
        await (await Acquire(cache, video)).DisposeAsync();

        await _uploads.DeleteAsync(video, CancellationToken.None);
        await Assert.ThrowsAsync<SourceGoneException>(() => Acquire(cache, video));
        Assert.Empty(Files);

        _uploads.Put(video, "another", Content(2, 10));
        await Assert.ThrowsAsync<SourceGoneException>(() => Acquire(cache, video));
    }

    [Fact]
    public async Task An_upload_over_the_limit_is_not_downloaded()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => Acquire(Cache(), Upload(1, 2001)));
        Assert.Equal(0, _uploads.Downloads);
    }

    [Fact]
    public async Task The_longest_unused_copies_make_room()
    {
        SourceCache cache = Cache();
        VideoId[] videos = [Upload(1, 1000), Upload(2, 1000), Upload(3, 1000), Upload(4, 1500)];
        foreach (VideoId video in videos[..3])
        {
            await (await Acquire(cache, video)).DisposeAsync();
        }

        await (await Acquire(cache, videos[0])).DisposeAsync();
        await using ISourceLease large = await Acquire(cache, videos[3]);

        Assert.Equal(4, _uploads.Downloads);
        Assert.Equal(2, Files.Length);
        Assert.Contains(Files, name => name.StartsWith(videos[0].ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_all_copies_are_in_use_and_the_room_is_full_a_caller_waits()
    {
        SourceCache cache = Cache();
        ISourceLease first = await Acquire(cache, Upload(1, 1500));
        await using ISourceLease second = await Acquire(cache, Upload(2, 1500));
        Task<ISourceLease> third = Acquire(cache, Upload(3, 1500));
        Assert.NotSame(third, await Task.WhenAny(third, Task.Delay(100)));

        await first.DisposeAsync();
        await first.DisposeAsync();
        await using ISourceLease lease = await third;

        Assert.True(File.Exists(second.Path));
        Assert.False(File.Exists(first.Path));
        Assert.Equal(2, Files.Length);
    }

    [Fact]
    public async Task After_a_restart_whole_copies_are_used_again_and_parts_are_removed()
    {
        VideoId video = Upload(1, 1000);
        await (await Acquire(Cache(), video)).DisposeAsync();
        string part = _folder.File($"work/sources/{video}-{new string('0', 32)}.xyz.part");
        await File.WriteAllTextAsync(part, "half");

        SourceCache restarted = Cache();
        await using ISourceLease lease = await Acquire(restarted, video);

        Assert.Equal(1, _uploads.Downloads);
        Assert.Equal(Content(1, 1000), await File.ReadAllBytesAsync(lease.Path));
        Assert.False(File.Exists(part));
    }

    [Fact]
    public async Task After_a_restart_a_copy_that_is_not_whole_is_downloaded_again()
    {
        VideoId video = Upload(1, 1000);
        ISourceLease before = await Acquire(Cache(), video);
        await File.WriteAllTextAsync(before.Path, "cut by a power failure");

        await using ISourceLease lease = await Acquire(Cache(), video);
        Assert.Equal(Content(1, 1000), await File.ReadAllBytesAsync(lease.Path));
    }

    [Fact]
    public async Task Many_callers_of_many_videos_stay_within_the_room_and_always_see_whole_files()
    {
        SourceCache cache = Cache();
        VideoId[] videos = [.. Enumerable.Range(1, 6).Select(number => Upload((byte)number, 900))];
        _uploads.Midway = async _ => await Task.Yield();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(index => Task.Run(async () =>
        {
            int number = index % videos.Length;
            await using ISourceLease lease = await Acquire(cache, videos[number]);
            Assert.Equal(Content((byte)(number + 1), 900), await File.ReadAllBytesAsync(lease.Path));
        }))).WaitAsync(TimeSpan.FromMinutes(5));

        Assert.InRange(Files.Length, 1, 3);
    }

    private static Task<ISourceLease> Acquire(SourceCache cache, VideoId video) =>
        cache.AcquireAsync(video, "etag", CancellationToken.None);

    private static byte[] Content(byte number, int length) => [.. Enumerable.Repeat(number, length)];

    private VideoId Upload(byte number, int length, string etag = "etag")
    {
        VideoId video = VideoId.FromBytes([.. Enumerable.Repeat(number, 16)]);
        _uploads.Put(video, etag, Content(number, length));
        return video;
    }

    private SourceCache Cache() => new(
        _uploads, Options.Create(_options), TimeProvider.System, NullLogger<SourceCache>.Instance);
}
