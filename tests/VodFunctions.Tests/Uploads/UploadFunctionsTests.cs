using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.Durable;
using VodFunctions.Testing;
using VodFunctions.Tests.Support;
using VodFunctions.Uploads;
using Xunit;

namespace VodFunctions.Tests.Uploads;

public sealed class UploadFunctionsTests : IAsyncDisposable
{
    private readonly LineLogger<UploadFunctions> _logger = new();
    private readonly VodWorld _world = new();
    private readonly Mock<DurableTaskClient> _engine = Engines.Mock();
    private readonly Mock<BlobClient> _blob = new();

    public UploadFunctionsTests()
    {
        _world.Services.AddSingleton<DurableClientAccessor>();
        _world.Services.AddSingleton<IOrchestrationClient, DurableOrchestrationClient>();
        Stored(new ETag("\"0x8\""));
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public void Both_triggers_watch_the_same_uploads_one_by_events_and_one_by_a_scan()
    {
        var triggers = Functions.With<BlobTriggerAttribute>().ToDictionary(found => found.Name, found => found.Trigger);

        Assert.Equal(["OnUpload", "OnUploadScan"], triggers.Keys.Order());
        Assert.All(triggers.Values, trigger => Assert.Equal(("uploads/{videoId}/source", "VodStorage"), (trigger.BlobPath, trigger.Connection)));
        Assert.Equal(BlobTriggerSource.EventGrid, triggers["OnUpload"].Source);
        Assert.Equal(BlobTriggerSource.LogsAndContainerScan, triggers["OnUploadScan"].Source);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stored_upload_starts_attempt_1_under_its_etag(bool scanned)
    {
        VideoId videoId = await _world.IssueAsync();

        await ArriveAsync($"{videoId}", scanned);

        (string name, UploadedVideo input, StartOrchestrationOptions options) = Assert.Single(Starts());
        Assert.Equal(("ProcessVideo", $"{videoId}-1"), (name, options.InstanceId));
        Assert.Equal(new JobId(videoId, 1), input.Job);
        // Without the header's quotes, as the store spells it: the activities compare the two.
        Assert.Equal("0x8", input.SourceETag);
    }

    /// <summary>The engine may drop the second of two starts at once: what it took is all that can be said.</summary>
    [Fact]
    public async Task The_log_says_what_the_engine_took_and_what_was_there_already()
    {
        VideoId videoId = await _world.IssueAsync();

        await ArriveAsync($"{videoId}");
        _engine.Has($"{videoId}-1", OrchestrationRuntimeStatus.Running);
        await ArriveAsync($"{videoId}");

        Assert.Equal(
            [$"{videoId}: its upload arrived: Accepted", $"{videoId}: its upload arrived: AlreadyStarted"], _logger.Lines);
    }

    [Fact]
    public async Task A_second_event_starts_nothing()
    {
        VideoId videoId = await _world.IssueAsync();
        _engine.Has($"{videoId}-1", OrchestrationRuntimeStatus.Running);

        await ArriveAsync($"{videoId}");

        Assert.Empty(Starts());
    }

    [Fact]
    public async Task A_late_event_for_a_video_that_has_a_job_starts_nothing()
    {
        VideoId videoId = await _world.IssueAsync();
        await _world.Records.UpdateAsync(videoId, record => record.OpenJob(1, "0x1", _world.Time.GetUtcNow()), default);

        await ArriveAsync($"{videoId}");

        Assert.Empty(_engine.Invocations);
    }

    [Fact]
    public async Task An_upload_of_a_deleted_video_is_removed()
    {
        VideoId videoId = await _world.IssueAsync();
        _world.Uploads.Put(videoId, 1);
        await _world.Records.UpdateAsync(videoId, record => record.Delete(_world.Time.GetUtcNow()), default);

        await ArriveAsync($"{videoId}");

        Assert.Empty(_engine.Invocations);
        Assert.Null(await _world.Uploads.FindAsync(videoId, default));
    }

    [Theory]
    [InlineData("not-an-id")]
    [InlineData("")]
    [InlineData("../../state")]
    public async Task A_name_that_no_ticket_can_have_is_left_alone(string name)
    {
        await ArriveAsync(name);

        Assert.Empty(_blob.Invocations);
        Assert.Empty(_engine.Invocations);
    }

    [Fact]
    public async Task An_event_for_a_blob_that_is_gone_is_done_with()
    {
        VideoId videoId = await _world.IssueAsync();
        Fails(new RequestFailedException(404, "gone"));

        await ArriveAsync($"{videoId}");

        Assert.Empty(_engine.Invocations);
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_fails_the_event_so_that_it_comes_again()
    {
        VideoId videoId = await _world.IssueAsync();
        Fails(new RequestFailedException(503, "busy"));

        await Assert.ThrowsAsync<RequestFailedException>(() => ArriveAsync($"{videoId}"));
    }

    private Task ArriveAsync(string videoId, bool scanned = false)
    {
        var functions = new UploadFunctions(_world.Get<UploadArrivals>(), _logger);
        FunctionContext context = Functions.Context("OnUpload");
        Functions.Bind(
            Functions.All[scanned ? "OnUploadScan" : "OnUpload"], _world.Get<DurableClientAccessor>(), _engine.Object);
        return scanned
            ? functions.OnUploadScanAsync(_blob.Object, videoId, _engine.Object, context)
            : functions.OnUploadAsync(_blob.Object, videoId, _engine.Object, context);
    }

    private IEnumerable<(string Name, UploadedVideo Input, StartOrchestrationOptions Options)> Starts() =>
        from call in _engine.Invocations
        where call.Method.Name == nameof(DurableTaskClient.ScheduleNewOrchestrationInstanceAsync)
        select (((TaskName)call.Arguments[0]!).Name, (UploadedVideo)call.Arguments[1]!, (StartOrchestrationOptions)call.Arguments[2]!);

    private void Stored(ETag etag) => _blob
        .Setup(blob => blob.GetPropertiesAsync(It.IsAny<BlobRequestConditions>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(Response.FromValue(BlobsModelFactory.BlobProperties(eTag: etag, contentLength: 1), Mock.Of<Response>()));

    private void Fails(Exception failure) => _blob
        .Setup(blob => blob.GetPropertiesAsync(It.IsAny<BlobRequestConditions>(), It.IsAny<CancellationToken>()))
        .ThrowsAsync(failure);
}
