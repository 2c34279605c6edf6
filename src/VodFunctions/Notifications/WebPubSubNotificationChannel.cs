using Azure;
using Azure.Core;
using Azure.Messaging.WebPubSub;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;

namespace VodFunctions.Notifications;

/// <summary>Pushes through Azure Web PubSub.</summary>
public sealed class WebPubSubNotificationChannel(WebPubSubServiceClient service) : INotificationChannel
{
    /// <inheritdoc />
    /// <exception cref="RequestFailedException">It was not taken.</exception>
    public Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken) => service.SendToUserAsync(
        user.ToPushId(), RequestContent.Create(BinaryData.FromString(json)), ContentType.ApplicationJson,
        new RequestContext { CancellationToken = cancellationToken });

    /// <inheritdoc />
    public Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken) =>
        service.GetClientAccessUriAsync(lifetime, user.ToPushId(), roles: [], groups: [], cancellationToken: cancellationToken);
}
