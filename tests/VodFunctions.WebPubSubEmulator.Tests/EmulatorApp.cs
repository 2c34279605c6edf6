using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VodFunctions.Testing.Hosting;

namespace VodFunctions.WebPubSubEmulator.Tests;

/// <summary>A host that has the emulator and nothing else, on a free port.</summary>
internal sealed class EmulatorApp : IAsyncDisposable
{
    private EmulatorApp(WebApplication app, string key, TestLog log)
    {
        App = app;
        Key = key;
        Log = log;
        Url = new Uri(app.Urls.First());
    }

    public WebApplication App { get; }

    /// <summary>The access key.</summary>
    public string Key { get; }

    public TestLog Log { get; }

    public Uri Url { get; }

    public static async Task<EmulatorApp> StartAsync()
    {
        var log = new TestLog();
        string key = EmulatorExtensions.NewAccessKey();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddSingleton(TimeProvider.System).AddVodWebPubSubEmulator(_ => key);
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.MapVodWebPubSub();
        await app.StartAsync();
        return new EmulatorApp(app, key, log);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
