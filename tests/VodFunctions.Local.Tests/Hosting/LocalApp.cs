using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VodFunctions.Core.Settings;
using VodFunctions.Local.Hosting;
using VodFunctions.Local.Playback;
using VodFunctions.Local.Tokens;
using VodFunctions.Local.WebPubSub;
using VodFunctions.Testing.Hosting;
using VodFunctions.WebPubSubEmulator;

namespace VodFunctions.Local.Tests.Hosting;

/// <summary>The host's own parts on a free port, with a data folder of its own.</summary>
internal sealed class LocalApp : IAsyncDisposable
{
    private LocalApp(WebApplication app, TemporaryFolder folder, TestLog log)
    {
        App = app;
        Folder = folder;
        Log = log;
        Url = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Url };
    }

    public WebApplication App { get; }

    public TemporaryFolder Folder { get; }

    public TestLog Log { get; }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public static async Task<LocalApp> StartAsync(
        BlobServiceClient? storage = null, Action<WebApplication>? map = null, params string[] settings)
    {
        var folder = new TemporaryFolder();
        var log = new TestLog();
        WebApplicationBuilder builder = LocalHost.CreateBuilder(
            [
                "--Urls", "http://127.0.0.1:0", "--Vod:Local:DataFolder", folder.Path,
                "--Logging:LogLevel:Default", "Trace", .. settings,
            ]);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddVodDataFolder(builder.Configuration)
            .AddVodDevelopmentTokens().AddVodWebPubSubEmulator().AddVodPlayback().AddVodFunctionsHost(builder.Configuration)
            .AddSingleton(storage ?? new BlobServiceClient("UseDevelopmentStorage=true"));
        builder.Services.AddOptions<VodOptions>().BindConfiguration(VodOptions.Section);
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.MapVodDevelopmentTokens();
        app.MapVodWebPubSub();
        app.MapVodPlayback();
        map?.Invoke(app);
        await app.StartAsync();
        return new LocalApp(app, folder, log);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        Folder.Dispose();
    }
}
