using VodFunctions.Core.Notifications;
using VodFunctions.Local.WebPubSub.Hubs;
using VodFunctions.Local.WebPubSub.Tokens;

namespace VodFunctions.Local.WebPubSub;

/// <summary>The Web PubSub emulator: far enough for the official client SDK, and the channel that notices go through.</summary>
public static class WebPubSubExtensions
{
    /// <summary>Registers the emulator and <see cref="INotificationChannel"/>.</summary>
    public static IServiceCollection AddVodWebPubSubEmulator(this IServiceCollection services)
    {
        services.AddOptions<WebPubSubEmulatorOptions>()
            .BindConfiguration(WebPubSubEmulatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // A peer that has silently gone is noticed by a ping that stays unanswered (RFC 6455 section 5.5.2).
        services.Configure<WebSocketOptions>(sockets =>
        {
            sockets.KeepAliveInterval = TimeSpan.FromSeconds(30);
            sockets.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        });
        return services
            .AddSingleton<AccessKey>()
            .AddSingleton<ClientTokens>()
            .AddSingleton<HubRegistry>()
            .AddSingleton<EmulatorEndpoint>()
            .AddSingleton<ClientEndpoint>()
            .AddSingleton<INotificationChannel, EmulatedNotificationChannel>();
    }

    /// <summary>Maps the client endpoint and the service's health; goes after <c>UseWebSockets</c>.</summary>
    public static IEndpointRouteBuilder MapVodWebPubSubEmulator(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/client/hubs/{hub}", static (HttpContext context, ClientEndpoint clients, string hub) =>
            clients.HandleAsync(context, hub)).ExcludeFromDescription();
        endpoints.MapGet("/client", static (HttpContext context, ClientEndpoint clients, string? hub) =>
            clients.HandleAsync(context, hub)).ExcludeFromDescription();
        endpoints.MapMethods("/api/health", ["GET", "HEAD"], static () => TypedResults.Ok()).ExcludeFromDescription();
        return endpoints;
    }

    /// <summary>What the official SDKs connect with. A secret: it is shown to the person who asked for it, never logged.</summary>
    /// <exception cref="InvalidOperationException">The host does not listen yet.</exception>
    public static string GetVodWebPubSubConnectionString(this IServiceProvider services) =>
        services.GetRequiredService<AccessKey>().ConnectionString(services.GetRequiredService<EmulatorEndpoint>().Get());
}
