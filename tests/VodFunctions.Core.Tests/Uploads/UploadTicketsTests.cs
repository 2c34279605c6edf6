using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Core.Tests.Uploads;

public sealed class UploadTicketsTests : IAsyncDisposable
{
    private readonly VodWorld _world = new(("Vod:Uploads:PerOwnerAndDay", "2"));

    public UploadTicketsTests() => _world.WithoutEngine();

    private UploadTickets Tickets => _world.Get<UploadTickets>();

    [Fact]
    public async Task A_ticket_comes_with_a_record_that_has_no_job_yet()
    {
        UploadTicket ticket = await Tickets.IssueAsync(
            VodWorld.Alice, new UploadRequest("clip.mp4", "video/mp4", 1000), default);

        VideoRecord record = await _world.RecordAsync(ticket.VideoId);
        Assert.Equal(VodWorld.Alice.User, record.Owner);
        Assert.Null(record.Job);
        Assert.Equal(_world.Time.GetUtcNow() + TimeSpan.FromMinutes(5), ticket.ExpiresAt);
        Assert.Contains(_world.Markers.All, marker => marker.Kind == MarkerKind.Ticket && marker.VideoId == ticket.VideoId);
    }

    [Theory]
    [InlineData("clip.mp4", "video/mp4", 0, ProblemCode.InvalidRequest)]
    [InlineData("", "video/mp4", 1, ProblemCode.InvalidRequest)]
    [InlineData("a\u0000.mp4", "video/mp4", 1, ProblemCode.InvalidRequest)]
    [InlineData(null, null, 1, ProblemCode.InvalidRequest)]
    [InlineData("clip.mp4", "video/mp4", 314_572_801, ProblemCode.UploadTooLarge)]
    [InlineData("clip.mp4", "video/mp4", long.MaxValue, ProblemCode.UploadTooLarge)]
    [InlineData("page.html", "text/html", 1, ProblemCode.UploadTypeNotAllowed)]
    [InlineData("clip.mp4", "video/", 1, ProblemCode.UploadTypeNotAllowed)]
    [InlineData("clip.mp4", null, 1, ProblemCode.UploadTypeNotAllowed)]
    public async Task An_unusable_request_is_refused_with_its_code(string? name, string? type, long bytes, ProblemCode code)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => Tickets.IssueAsync(VodWorld.Alice, new UploadRequest(name, type, bytes), default));

        Assert.Equal(code, problem.Code);
        Assert.Empty(_world.Records.All);
    }

    [Fact]
    public async Task The_largest_allowed_file_gets_a_ticket() =>
        await Tickets.IssueAsync(VodWorld.Alice, new UploadRequest("a", "VIDEO/QuickTime", 314_572_800), default);

    [Fact]
    public async Task Who_is_no_uploader_gets_none() =>
        Assert.Equal(ProblemCode.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => _world.IssueAsync(VodWorld.Viewer))).Code);

    [Fact]
    public async Task The_quota_is_per_owner_and_per_day_of_the_site()
    {
        // 12:00 UTC is 21:00 in Seoul.
        await _world.IssueAsync();
        await _world.IssueAsync();
        Assert.Equal(
            ProblemCode.UploadQuotaExceeded, (await Assert.ThrowsAsync<ProblemException>(() => _world.IssueAsync())).Code);
        await _world.IssueAsync(VodWorld.Bob);

        _world.Time.Advance(TimeSpan.FromHours(2.9));
        await Assert.ThrowsAsync<ProblemException>(() => _world.IssueAsync());
        _world.Time.Advance(TimeSpan.FromHours(0.2));
        await _world.IssueAsync();
    }

    [Fact]
    public async Task A_ticket_is_renewed_for_its_owner_until_the_upload_is_complete()
    {
        VideoId videoId = await _world.IssueAsync();

        Assert.NotNull((await Tickets.RenewAsync(VodWorld.Alice, videoId, default)).UploadUrl);
        Assert.Equal(ProblemCode.NotFound, await CodeAsync(VodWorld.Bob));
        Assert.Equal(ProblemCode.NotFound, await CodeAsync(VodWorld.Admin));

        _world.Uploads.Put(videoId, 1);
        Assert.Equal(ProblemCode.UploadComplete, await CodeAsync(VodWorld.Alice));

        async Task<ProblemCode> CodeAsync(Caller caller) =>
            (await Assert.ThrowsAsync<ProblemException>(() => Tickets.RenewAsync(caller, videoId, default))).Code;
    }

    [Fact]
    public async Task A_slow_line_and_a_pause_over_night_do_not_end_a_ticket()
    {
        // 300 MiB at 250 kbit/s are 2.8 hours; half of it in the evening, the rest in the morning.
        const long Size = 300L << 20;
        const long BytesPerSecond = 250_000 / 8;
        VideoId videoId = (await Tickets.IssueAsync(VodWorld.Alice, new UploadRequest("a", "video/mp4", Size), default)).VideoId;
        var half = TimeSpan.FromSeconds(Size / 2.0 / BytesPerSecond);
        long stored = 0;
        foreach (TimeSpan pause in new[] { TimeSpan.FromHours(14), TimeSpan.Zero })
        {
            for (TimeSpan sent = TimeSpan.Zero; sent < half; sent += TimeSpan.FromMinutes(4))
            {
                _world.Time.Advance(TimeSpan.FromMinutes(4));
                await Tickets.RenewAsync(VodWorld.Alice, videoId, default);
                _world.Uploads.Uncommitted[videoId] = stored += 4 * 60 * BytesPerSecond;
            }

            _world.Time.Advance(pause);
            await _world.Get<Sweep>().RunAsync(default);
        }

        Assert.Equal(stored, _world.Uploads.Uncommitted[videoId]);
        Assert.InRange(stored, Size, Size + (2 * 4 * 60 * BytesPerSecond));
        await Tickets.RenewAsync(VodWorld.Alice, videoId, default);
    }

    [Fact]
    public async Task A_ticket_is_renewed_for_days_but_not_for_ever()
    {
        VideoId videoId = await _world.IssueAsync();
        int renewals = 0;
        ProblemException? problem = null;
        while (problem is null)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(20));
            problem = await Record.ExceptionAsync(() => Tickets.RenewAsync(VodWorld.Alice, videoId, default)) as ProblemException;
            renewals++;
        }

        Assert.Equal((ProblemCode.NotFound, 3 * 24 * 3), (problem.Code, renewals));
    }

    [Fact]
    public async Task A_ticket_is_renewed_so_often_and_no_more()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.Records.UpdateAsync(videoId, record => record with { Renewals = 999 }, default);

        await Tickets.RenewAsync(VodWorld.Alice, videoId, default);

        Assert.Equal(
            ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => Tickets.RenewAsync(VodWorld.Alice, videoId, default))).Code);
    }

    [Fact]
    public async Task Who_sends_more_than_the_file_was_said_to_have_gets_no_further_url()
    {
        // 544 MiB of blocks under a ticket for 1,000 bytes.
        VideoId videoId = await _world.IssueAsync();
        _world.Uploads.Uncommitted[videoId] = 544L << 20;

        Assert.Equal(
            ProblemCode.UploadTooLarge,
            (await Assert.ThrowsAsync<ProblemException>(() => Tickets.RenewAsync(VodWorld.Alice, videoId, default))).Code);

        await _world.Get<Sweep>().RunAsync(default);
        Assert.Empty(_world.Uploads.Uncommitted);
        Assert.NotNull(await Tickets.RenewAsync(VodWorld.Alice, videoId, default));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
