using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;

namespace VodFunctions.Hosting;

/// <summary>
/// Application Insights as the Functions host is told of it too: one pair of settings for both. Without the second one the
/// connection string is enough, where the resource takes that.
/// </summary>
internal static class ApplicationInsights
{
    public const string ConnectionStringSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string AuthenticationSetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[ConnectionStringSetting]);

    public static Action<AzureMonitorExporterOptions> Options(IConfiguration configuration)
    {
        TokenCredential? credential = Credential(configuration[AuthenticationSetting]);
        return options =>
        {
            options.ConnectionString = configuration[ConnectionStringSetting];
            options.Credential = credential;
        };
    }

    /// <summary>Reads <c>Authorization=AAD</c>, with <c>ClientId=...</c> for an identity that is assigned by the user.</summary>
    /// <exception cref="InvalidOperationException">It is written in another way.</exception>
    public static TokenCredential? Credential(string? authentication)
    {
        if (string.IsNullOrWhiteSpace(authentication))
        {
            return null;
        }

        Dictionary<string, string> parts = authentication
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
        if (!string.Equals(parts.GetValueOrDefault("Authorization"), "AAD", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"{AuthenticationSetting} is wrong: Authorization=AAD, or Authorization=AAD;ClientId=..., is what it can be.");
        }

        return new ManagedIdentityCredential(parts.GetValueOrDefault("ClientId") is { Length: > 0 } clientId
            ? ManagedIdentityId.FromUserAssignedClientId(clientId)
            : ManagedIdentityId.SystemAssigned);
    }
}
