using VodFunctions.Core.Notifications;
using VodFunctions.WebPubSubEmulator.Hubs;
using VodFunctions.WebPubSubEmulator.Rest;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.WebPubSubEmulator;

/// <summary>An emulator of Azure Web PubSub in a web host: its clients' WebSockets, and its REST API for servers.</summary>
public static class EmulatorExtensions
{
    /// <summary>Registers the emulator, and <see cref="INotificationChannel"/> through it.</summary>
    /// <param name="services">The host's services, with a <see cref="TimeProvider"/>.</param>
    /// <param name="accessKey">Finds the access key, as <see cref="NewAccessKey"/> made it. A secret.</param>
    public static IServiceCollection AddVodWebPubSubEmulator(
        this IServiceCollection services, Func<IServiceProvider, string> accessKey)
    {
        // A peer that has silently gone is noticed by a ping that stays unanswered (RFC 6455 section 5.5.2).
        services.Configure<WebSocketOptions>(sockets =>
        {
            sockets.KeepAliveInterval = TimeSpan.FromSeconds(30);
            sockets.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        });
        // This category logs the URL of each request with its query, where clients have their tokens.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        services.AddOptions<EmulatorOptions>()
            .BindConfiguration(EmulatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(all => new AccessKey(accessKey(all)))
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

    /// <summary>Makes an access key: 256 random bits in Base64. A secret.</summary>
    public static string NewAccessKey() => AccessKey.New();

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
        services.GetRequiredService<AccessKey>().ConnectionString(services.GetVodWebPubSubEmulatorEndpoint());

    /// <summary>Where clients reach the emulator.</summary>
    /// <exception cref="InvalidOperationException">The host does not listen yet.</exception>
    public static Uri GetVodWebPubSubEmulatorEndpoint(this IServiceProvider services) =>
        services.GetRequiredService<EmulatorEndpoint>().Get();
}
