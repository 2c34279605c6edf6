using Microsoft.Extensions.Options;
using VodFunctions.Core.Notifications;
using VodFunctions.Local.Hosting;
using VodFunctions.Local.WebPubSub.Hubs;
using VodFunctions.Local.WebPubSub.Rest;
using VodFunctions.Local.WebPubSub.Service;
using VodFunctions.Local.WebPubSub.Tokens;

namespace VodFunctions.Local.WebPubSub;

/// <summary>The channel that notices go through: Web PubSub's emulator in this process, or the service.</summary>
public static class WebPubSubExtensions
{
    /// <summary>Registers <see cref="INotificationChannel"/>: the service where its connection string is set, else the emulator.</summary>
    public static IServiceCollection AddVodWebPubSub(this IServiceCollection services, IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration.GetSection(WebPubSubOptions.Section)[nameof(WebPubSubOptions.ConnectionString)])
            ? services.AddVodWebPubSubEmulator()
            : services.AddVodWebPubSubOptions().AddSingleton<INotificationChannel, ServiceNotificationChannel>();

    /// <summary>Registers the emulator and <see cref="INotificationChannel"/>.</summary>
    public static IServiceCollection AddVodWebPubSubEmulator(this IServiceCollection services)
    {
        // A peer that has silently gone is noticed by a ping that stays unanswered (RFC 6455 section 5.5.2).
        services.Configure<WebSocketOptions>(sockets =>
        {
            sockets.KeepAliveInterval = TimeSpan.FromSeconds(30);
            sockets.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        });
        return services
            .AddVodWebPubSubOptions()
            .AddSingleton(all => AccessKey.LoadOrCreate(all.GetRequiredService<DataFolder>()))
            .AddSingleton<SignedTokens>()
            .AddSingleton<ClientTokens>()
            .AddSingleton<ServerTokens>()
            .AddSingleton<HubRegistry>()
            .AddSingleton<EmulatorEndpoint>()
            .AddSingleton<ClientEndpoint>()
            .AddSingleton<RestGuard>()
            .AddSingleton<RestEndpoints>()
            .AddSingleton<INotificationChannel, EmulatedNotificationChannel>();
    }

    /// <summary>Maps the emulator, where it is registered; goes after <c>UseWebSockets</c>.</summary>
    public static IEndpointRouteBuilder MapVodWebPubSub(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<RestEndpoints>() is not { } rest)
        {
            return endpoints;
        }

        endpoints.MapGet("/client/hubs/{hub}", static (HttpContext context, ClientEndpoint clients, string hub) =>
            clients.HandleAsync(context, hub)).ExcludeFromDescription();
        endpoints.MapGet("/client", static (HttpContext context, ClientEndpoint clients, string? hub) =>
            clients.HandleAsync(context, hub)).ExcludeFromDescription();
        endpoints.MapMethods("/api/health", ["GET", "HEAD"], static () => TypedResults.Ok()).ExcludeFromDescription();
        rest.Map(endpoints);
        return endpoints;
    }

    /// <summary>What the official SDKs connect with. A secret: it is shown to the person who asked for it, never logged.</summary>
    /// <exception cref="InvalidOperationException">The host does not listen yet.</exception>
    public static string GetVodWebPubSubConnectionString(this IServiceProvider services) =>
        services.GetRequiredService<AccessKey>().ConnectionString(services.GetRequiredService<EmulatorEndpoint>().Get());

    /// <summary>Where clients connect to: the service, or the emulator.</summary>
    /// <exception cref="InvalidOperationException">The host does not listen yet.</exception>
    public static Uri GetVodWebPubSubEndpoint(this IServiceProvider services) =>
        services.GetRequiredService<IOptions<WebPubSubOptions>>().Value.ConnectionString is { } connection
        && ServiceAddress.TryParse(connection, out ServiceAddress? service)
            ? service.Endpoint
            : services.GetRequiredService<EmulatorEndpoint>().Get();

    private static IServiceCollection AddVodWebPubSubOptions(this IServiceCollection services)
    {
        services.AddOptions<WebPubSubOptions>()
            .BindConfiguration(WebPubSubOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
