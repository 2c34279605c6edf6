using Microsoft.Extensions.Options;
using VodFunctions.Api;
using VodFunctions.BlobStorage;
using VodFunctions.Local.Hosting;
using VodFunctions.Local.Playback;
using VodFunctions.Local.Site;
using VodFunctions.Local.Tokens;
using VodFunctions.Local.WebPubSub;
using VodFunctions.WebPubSubEmulator;

try
{
    bool emulatorsOnly = args.Contains("--emulators");
    WebApplicationBuilder builder = LocalHost.CreateBuilder([.. args.Where(arg => arg != "--emulators")]);
    builder.Services.AddVodDataFolder(builder.Configuration)
        .AddVodDevelopmentTokens().AddVodPlayback().AddVodTelemetry(builder.Configuration);
    if (emulatorsOnly)
    {
        builder.Services.AddVodBlobStorage(builder.Configuration).AddVodWebPubSubEmulator()
            .AddVodFunctionsHost(builder.Configuration);
    }
    else
    {
        builder.Services.AddVodPipeline(builder.Configuration).AddVodWebPubSub(builder.Configuration).AddVodSite();
    }

    await using WebApplication app = builder.Build();
    await app.PrepareAsync();
    app.UseWebSockets();
    if (emulatorsOnly || !LocalServices.HasIssuer(app.Configuration))
    {
        app.MapVodDevelopmentTokens();
    }

    app.MapVodWebPubSub();
    app.MapVodPlayback();
    if (!emulatorsOnly)
    {
        app.MapVodApi();
        app.MapVodSite();
    }
    else
    {
        app.MapVodFunctionsHost().PrintSettingsWhenStarted();
    }

    await app.RunHostAsync();
    return 0;
}
catch (Exception e) when (e is StartException or OptionsValidationException)
{
    // One sentence, or one line for each wrong setting: no stack trace helps here.
    await Console.Error.WriteLineAsync(e.Message.Replace("; ", Environment.NewLine, StringComparison.Ordinal));
    return 1;
}
