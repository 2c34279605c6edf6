using Microsoft.Extensions.Options;
using VodFunctions.Local.Site;

namespace VodFunctions.Local.Hosting;

/// <summary>
/// A Functions host with the app, behind this address: emulators, site and API have one origin, as behind Azure Front Door.
/// </summary>
public static class FunctionsHost
{
    /// <summary>Registers what <see cref="MapVodFunctionsHost"/> needs.</summary>
    public static IServiceCollection AddVodFunctionsHost(this IServiceCollection services, IConfiguration configuration) =>
        services.AddHttpForwarder().AddVodOwnOrigins(configuration).AddVodSite();

    /// <summary>
    /// Sends what is for the API to the host that <see cref="LocalOptions.FunctionsHost"/> names, 502 where nobody listens there,
    /// and maps the site; nothing when none is named. The endpoints of the emulators are more specific, and stay.
    /// </summary>
    public static WebApplication MapVodFunctionsHost(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<LocalOptions>>().Value.FunctionsHost is { } host)
        {
            app.MapForwarder("/api/{**path}", host.GetLeftPart(UriPartial.Authority)).ExcludeFromDescription();
            app.MapVodSite();
        }

        return app;
    }
}
