using Azure;
using Azure.Core;
using Azure.Messaging.WebPubSub;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;

namespace VodFunctions.Notifications;

/// <summary>Pushes through Azure Web PubSub by its SDK. <c>OptionalPackages.targets</c> says where REST stands in.</summary>
internal sealed class WebPubSubNotificationChannel(WebPubSubServiceClient service) : INotificationChannel
{
    /// <summary>Creates the channel: as <paramref name="identity"/>, or by the connection string without one.</summary>
    public static INotificationChannel Create(WebPubSubOptions options, TokenCredential? identity, TimeProvider time) =>
        new WebPubSubNotificationChannel(identity is null
            ? new WebPubSubServiceClient(options.ConnectionString, options.Hub)
            : new WebPubSubServiceClient(options.Endpoint, options.Hub, identity));

    /// <inheritdoc />
    /// <exception cref="RequestFailedException">The service did not take it.</exception>
    public Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken) => service.SendToUserAsync(
        user.ToPushId(), RequestContent.Create(BinaryData.FromString(json)), ContentType.ApplicationJson,
        new RequestContext { CancellationToken = cancellationToken });

    /// <inheritdoc />
    public Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken) =>
        service.GetClientAccessUriAsync(lifetime, user.ToPushId(), roles: [], groups: [], cancellationToken: cancellationToken);
}
