using VodFunctions.Local.Tokens;
using VodFunctions.Local.WebPubSub;

namespace VodFunctions.Local.Hosting;

/// <summary>Tells the person who runs only the emulators how another host connects to them.</summary>
public static class EmulatorSettings
{
    /// <summary>Prints the settings to standard output, which no log keeps, once the host listens.</summary>
    public static WebApplication PrintSettingsWhenStarted(this WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            string url = app.Urls.First();
            Console.WriteLine($"VodWebPubSub={app.Services.GetVodWebPubSubConnectionString()}");
            Console.WriteLine($"Vod__Auth__Authority={url}");
            Console.WriteLine($"Vod__Auth__Audience={DevelopmentTokens.Audience}");
            Console.WriteLine($"tokens: POST {url}/api/dev/token   playback: {url}/media/");
        });
        return app;
    }
}
