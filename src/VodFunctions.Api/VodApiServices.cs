using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Endpoints;
using VodFunctions.Api.Health;
using VodFunctions.Api.Problems;
using VodFunctions.Api.Settings;
using VodFunctions.Core.Health;

namespace VodFunctions.Api;

/// <summary>Registers the API.</summary>
public static class VodApiServices
{
    private const int MaxDocumentBytes = 1024 * 1024;
    private static readonly TimeSpan s_documentTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds <see cref="VodApi"/>. The use cases of Core and their ports come from elsewhere, as singletons. A host that signs
    /// its own tokens registers an <see cref="ITokenKeys"/> before; one that has more endpoints registers
    /// <see cref="VodEndpoint"/>s.
    /// </summary>
    public static IServiceCollection AddVodApi(this IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);

        if (services.All(service => service.ServiceType != typeof(ITokenKeys)))
        {
            services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
            services.AddSingleton<ITokenKeys>(provider => new OpenIdTokenKeys(
                CreateDocuments(provider.GetRequiredService<IOptions<AuthOptions>>().Value),
                provider.GetRequiredService<IOptions<AuthOptions>>(),
                provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton<IReadinessCheck, TokenKeysCheck>();
        services.AddSingleton<TokenValidator>();
        services.AddSingleton<QuotaDay>();
        services.AddSingleton<ProblemResults>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<CrossOrigin>();
        services.AddSingleton<UploadEndpoints>();
        services.AddSingleton<VideoEndpoints>();
        services.AddSingleton<FeedEndpoints>();
        services.AddSingleton<NotificationEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton(provider => new VodApi(
            provider,
            provider.GetServices<VodEndpoint>(),
            provider.GetRequiredService<TokenValidator>(),
            provider.GetRequiredService<ProblemResults>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<ApiOptions>>(),
            provider.GetRequiredService<ILogger<VodApi>>()));
        return services;
    }

    // AuthOptionsValidator lets plain http pass for a loopback issuer only.
    private static HttpDocumentRetriever CreateDocuments(AuthOptions options) =>
        new(new HttpClient { Timeout = s_documentTimeout, MaxResponseContentBufferSize = MaxDocumentBytes })
        {
            RequireHttps = options.Authority.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase),
        };
}
