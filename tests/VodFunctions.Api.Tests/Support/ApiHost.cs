using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Tests.Contract;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using VodFunctions.Testing.InMemory;

namespace VodFunctions.Api.Tests.Support;

/// <summary>The API over in-memory ports, in this process. Every answer it gives is held against the OpenAPI document.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public static readonly UserId Owner = UserId.Parse("owner");

    private readonly WebApplication _app;

    private ApiHost(Action<IServiceCollection>? services, IReadOnlyDictionary<string, string?>? settings, bool kestrel)
    {
        Tokens = new TestTokens(Time);
        Uploads = new InMemoryUploadStore(Time);
        Orchestrations = new RecordingOrchestrationClient(Time);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        if (kestrel)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        AddPorts(builder.Services);
        builder.Services.AddSingleton(TestTokens.Keys);
        builder.Services.AddVodApi();
        services?.Invoke(builder.Services);
        _app = builder.Build();
        _app.MapVodApi();
    }

    public ManualTime Time { get; } = new();

    public TestTokens Tokens { get; }

    public VodOptions Options { get; } = new();

    public InMemoryVideoRecords Records { get; } = new();

    public InMemoryUploadStore Uploads { get; }

    public InMemoryUploadQuota Quota { get; } = new();

    public InMemoryFeedStore FeedStore { get; } = new();

    public InMemoryNoticeIndex NoticeIndex { get; } = new();

    public InMemoryMediaStore Media { get; } = new();

    public RecordingOrchestrationClient Orchestrations { get; }

    public RecordedLog Log { get; } = new();

    /// <summary>Where it listens, when it is on a real server.</summary>
    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    /// <summary>What was answered so far.</summary>
    public List<SeenAnswer> Seen { get; } = [];

    public static async Task<ApiHost> StartAsync(
        Action<IServiceCollection>? services = null, IReadOnlyDictionary<string, string?>? settings = null, bool kestrel = false)
    {
        var host = new ApiHost(services, settings, kestrel);
        await host._app.StartAsync();
        return host;
    }

    public string? TokenOf(Who who) => who switch
    {
        Who.Nobody => null,
        Who.Viewer => Tokens.For("viewer"),
        Who.OtherUploader => Tokens.For("other", TokenValidator.UploaderRole),
        Who.Owner => Tokens.For("owner", TokenValidator.UploaderRole),
        Who.Admin => Tokens.For("admin", TokenValidator.AdminRole),
        _ => throw new ArgumentOutOfRangeException(nameof(who)),
    };

    public Task<Answer> GetAsync(string path, Who who = Who.Nobody) => SendAsync(HttpMethod.Get, path, who);

    public Task<Answer> PostAsync(string path, Who who, object? body = null) => SendAsync(HttpMethod.Post, path, who, body);

    public async Task<Answer> SendAsync(HttpMethod method, string path, Who who, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
        return await SendAsync(request, TokenOf(who));
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, string? token = null)
    {
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using HttpClient client = _app.GetTestClient();
        using HttpResponseMessage response = await client.SendAsync(request);
        Answer answer = await Answer.ReadAsync(response);
        if (OpenApiContract.Check(request.Method, request.RequestUri!, answer) is { } seen)
        {
            Seen.Add(seen);
        }

        return answer;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void AddPorts(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        services.AddSingleton<IVideoRecords>(Records);
        services.AddSingleton<IPseudonymKey, FixedPseudonymKey>();
        services.AddSingleton<IUploadStore>(Uploads);
        services.AddSingleton<IUploadQuota>(Quota);
        services.AddSingleton<IMarkers>(new InMemoryMarkers());
        services.AddSingleton<IFeedStore>(FeedStore);
        services.AddSingleton<INoticeIndex>(NoticeIndex);
        services.AddSingleton<IMediaStore>(Media);
        services.AddSingleton<IMediaCachePurge>(Media);
        services.AddSingleton<IWorkStore>(new InMemoryWorkStore());
        services.AddSingleton<ISourceCache>(new ScriptedMedia());
        services.AddSingleton<IOrchestrationClient>(Orchestrations);
        services.AddSingleton<INotificationChannel>(new RecordingNotificationChannel());
        services.AddSingleton<IIdGenerator>(new SequentialIds());
        services.AddSingleton<UploadTickets>();
        services.AddSingleton<PublicNames>();
        services.AddSingleton<VideoCatalog>();
        services.AddSingleton<VideoDeletion>();
        services.AddSingleton<Requeueing>();
        services.AddSingleton<Feed>();
        services.AddSingleton<Notices>();
    }
}
