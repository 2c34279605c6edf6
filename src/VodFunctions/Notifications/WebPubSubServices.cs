using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Notifications;
using VodFunctions.Hosting;
using VodFunctions.WebPubSub;

namespace VodFunctions.Notifications;

/// <summary>The channel that notices go through.</summary>
internal static class WebPubSubServices
{
    /// <summary>Registers <see cref="INotificationChannel"/>, as <see cref="WebPubSubOptions.Section"/> says.</summary>
    public static IServiceCollection AddVodWebPubSub(this IServiceCollection services, IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(WebPubSubOptions.Section);
        services.AddOptions<WebPubSubOptions>().Bind(section)
            .Configure(options => options.ConnectionString ??= section.Value)
            .ValidateDataAnnotations()
            .Validate(
                options => options.Endpoint is not null || !string.IsNullOrEmpty(options.ConnectionString),
                "VodWebPubSub is missing: a connection string, or VodWebPubSub__Endpoint.")
            .Validate(
                options => string.IsNullOrEmpty(options.ConnectionString) || ServiceAddress.TryParse(options.ConnectionString, out _),
                "VodWebPubSub: the connection string has no Endpoint (http or https) or no AccessKey.")
            .Validate(
                options => options.Endpoint is null || options.Endpoint is { IsAbsoluteUri: true, Scheme: "https" },
                "VodWebPubSub__Endpoint must be an https URL: the app's token goes there.")
            .ValidateOnStart();
        return services.AddSingleton(provider =>
        {
            WebPubSubOptions options = provider.GetRequiredService<IOptions<WebPubSubOptions>>().Value;
            return WebPubSubNotificationChannel.Create(
                options, options.Endpoint is null ? null : AppIdentity.Create(options.ClientId),
                provider.GetRequiredService<TimeProvider>());
        });
    }
}
