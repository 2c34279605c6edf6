using Microsoft.Extensions.Options;
using VodFunctions.BlobStorage.Settings;
using VodFunctions.Local.Tokens;
using VodFunctions.WebPubSubEmulator;

namespace VodFunctions.Local.Hosting;

/// <summary>Tells the person, or the program, that runs only the emulators how the Functions app connects to them.</summary>
public static class EmulatorSettings
{
    /// <summary>Prints the app settings, a line each, to standard output, which no log keeps, once the host listens.</summary>
    public static WebApplication PrintSettingsWhenStarted(this WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            string url = app.Urls.First();
            bool isFront = app.Services.GetRequiredService<IOptions<LocalOptions>>().Value.FunctionsHost is not null;
            Console.WriteLine($"VodWebPubSub={app.Services.GetVodWebPubSubConnectionString()}");
            Console.WriteLine($"Vod__Auth__Authority={url}");
            Console.WriteLine($"Vod__Auth__Audience={DevelopmentTokens.Audience}");
            Console.WriteLine($"Vod__PlaybackOrigin={(isFront ? "" : url)}/media");
            IList<string> origins = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.AllowedOrigins;
            foreach ((int index, string origin) in origins.Index())
            {
                Console.WriteLine($"Vod__Storage__AllowedOrigins__{index}={origin}");
            }

            Console.WriteLine($"tokens: POST {url}/api/dev/token   playback: {url}/media/");
        });
        return app;
    }
}
