using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.Testing.InMemory;

namespace VodFunctions.Testing;

/// <summary>Core as it is wired in a host, over in-memory stores, a clock that a test moves, and media that a test scripts.</summary>
public sealed class VodWorld : IAsyncDisposable
{
    private ServiceProvider? _provider;

    public VodWorld(params (string Key, string Value)[] settings)
    {
        Uploads = new InMemoryUploadStore(Time);
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<IIdGenerator>(new SequentialIds());
        Services.AddSingleton<IVideoRecords>(Records);
        Services.AddSingleton<IPseudonymKey, FixedPseudonymKey>();
        Services.AddSingleton<IUploadStore>(Uploads);
        Services.AddSingleton<IUploadQuota>(Quota);
        Services.AddSingleton<IMarkers>(Markers);
        Services.AddSingleton<IFeedStore>(FeedStore);
        Services.AddSingleton<INoticeIndex>(NoticeIndex);
        Services.AddSingleton<IMediaStore>(MediaStore);
        Services.AddSingleton<IMediaCachePurge>(MediaStore);
        Services.AddSingleton<IWorkStore>(WorkStore);
        Services.AddSingleton<INotificationChannel>(Channel);
        Services.AddSingleton<IMediaProber>(Media);
        Services.AddSingleton<IMediaTranscoder>(Media);
        Services.AddSingleton<ISourceCache>(Media);
        Services.AddVodCore(configuration);
    }

    public static Caller Alice { get; } = new(UserId.Parse("alice"), IsUploader: true, IsAdmin: false);

    public static Caller Bob { get; } = new(UserId.Parse("bob"), IsUploader: true, IsAdmin: false);

    public static Caller Admin { get; } = new(UserId.Parse("root"), IsUploader: false, IsAdmin: true);

    public static Caller Viewer { get; } = new(UserId.Parse("viewer"), IsUploader: false, IsAdmin: false);

    public FakeTimeProvider Time { get; } = new();

    public InMemoryVideoRecords Records { get; } = new();

    public InMemoryUploadStore Uploads { get; }

    public InMemoryUploadQuota Quota { get; } = new();

    public InMemoryMarkers Markers { get; } = new();

    public InMemoryFeedStore FeedStore { get; } = new();

    public InMemoryNoticeIndex NoticeIndex { get; } = new();

    public InMemoryMediaStore MediaStore { get; } = new();

    public InMemoryWorkStore WorkStore { get; } = new();

    public RecordingNotificationChannel Channel { get; } = new();

    public ScriptedMedia Media { get; } = new();

    /// <summary>To add an engine to, before anything is resolved.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Adds a client that starts nothing, for tests of the use cases alone.</summary>
    public RecordingOrchestrationClient WithoutEngine()
    {
        var client = new RecordingOrchestrationClient(Time);
        Services.AddSingleton<IOrchestrationClient>(client);
        return client;
    }

    public T Get<T>()
        where T : notnull => (_provider ??= Services.BuildServiceProvider()).GetRequiredService<T>();

    /// <summary>A ticket for Alice, or for who is named.</summary>
    public async Task<VideoId> IssueAsync(Caller? caller = null) => (await Get<UploadTickets>().IssueAsync(
        caller ?? Alice, new UploadRequest("clip.mp4", "video/mp4", 1000), default)).VideoId;

    /// <summary>The browser commits the upload, and its event comes.</summary>
    public async Task<ArrivalOutcome> ArriveAsync(VideoId videoId, params byte[] content)
    {
        StoredUpload stored = Uploads.Put(videoId, content.Length == 0 ? [1, 2, 3] : content);
        return await Get<UploadArrivals>().HandleAsync(videoId, stored.ETag, stored.SizeBytes, default);
    }

    /// <summary>"Submit" is pressed.</summary>
    public Task<SubmittedFeed> PostAsync(VideoId videoId, Caller? caller = null, string text = "Look at this") =>
        Get<Feed>().SubmitAsync(caller ?? Alice, videoId, text, default);

    /// <summary>The record as it stands.</summary>
    public async Task<VideoRecord> RecordAsync(VideoId videoId) =>
        await Records.FindAsync(videoId, default) ?? throw new InvalidOperationException("No record.");

    /// <summary>A new process over the same stores: what is resolved next is made anew.</summary>
    public async Task ForgetAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
            _provider = null;
        }
    }

    public async ValueTask DisposeAsync() => await ForgetAsync();
}
