using Microsoft.Extensions.Options;
using VodFunctions.Core.Notifications;
using VodFunctions.Local.Hosting;
using VodFunctions.Local.Keys;
using VodFunctions.WebPubSub;
using VodFunctions.WebPubSubEmulator;

namespace VodFunctions.Local.WebPubSub;

/// <summary>The channel that notices go through: Web PubSub's emulator in this process, or the service.</summary>
public static class WebPubSubExtensions
{
    /// <summary>Registers <see cref="INotificationChannel"/>: the service where its connection string is set, else the emulator.</summary>
    public static IServiceCollection AddVodWebPubSub(this IServiceCollection services, IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration.GetSection(WebPubSubOptions.Section)[nameof(WebPubSubOptions.ConnectionString)])
            ? services.AddVodWebPubSubEmulator()
            : services.AddVodWebPubSubOptions().AddSingleton(ServiceChannel);

    /// <summary>Registers the emulator and <see cref="INotificationChannel"/>; its access key is kept in the data folder.</summary>
    public static IServiceCollection AddVodWebPubSubEmulator(this IServiceCollection services) =>
        services.AddVodWebPubSubOptions().AddVodWebPubSubEmulator(all => KeyFile.LoadOrCreate(
            all.GetRequiredService<DataFolder>().File("web-pubsub.key"), EmulatorExtensions.NewAccessKey));

    /// <summary>Where clients connect to: the service, or the emulator.</summary>
    /// <exception cref="InvalidOperationException">The host does not listen yet.</exception>
    public static Uri GetVodWebPubSubEndpoint(this IServiceProvider services) =>
        services.GetRequiredService<IOptions<WebPubSubOptions>>().Value.ConnectionString is { } connection
        && ServiceAddress.TryParse(connection, out ServiceAddress? service)
            ? service.Endpoint
            : services.GetVodWebPubSubEmulatorEndpoint();

    private static INotificationChannel ServiceChannel(IServiceProvider services)
    {
        WebPubSubOptions options = services.GetRequiredService<IOptions<WebPubSubOptions>>().Value;
        return ServiceAddress.TryParse(options.ConnectionString, out ServiceAddress? address)
            ? RestNotificationChannel.WithAccessKey(address, options.Hub, services.GetRequiredService<TimeProvider>())
            : throw new InvalidOperationException("The options have been validated.");
    }

    private static IServiceCollection AddVodWebPubSubOptions(this IServiceCollection services)
    {
        services.AddOptions<WebPubSubOptions>()
            .BindConfiguration(WebPubSubOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
