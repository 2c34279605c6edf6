using Azure.Core;
using VodFunctions.Core.Notifications;
using VodFunctions.WebPubSub;

namespace VodFunctions.Notifications;

/// <summary>Stands in for the SDK where the package feed lacks it: the same channel, by REST.</summary>
internal static class WebPubSubNotificationChannel
{
    /// <summary>Creates the channel: as <paramref name="identity"/>, or by the connection string without one.</summary>
    /// <exception cref="FormatException">The connection string is none.</exception>
    public static INotificationChannel Create(WebPubSubOptions options, TokenCredential? identity, TimeProvider time) =>
        identity is not null ? RestNotificationChannel.WithIdentity(options.Endpoint!, options.Hub, identity)
        : ServiceAddress.TryParse(options.ConnectionString, out ServiceAddress? address)
            ? RestNotificationChannel.WithAccessKey(address, options.Hub, time)
        : throw new FormatException("VodWebPubSub is no connection string.");
}
