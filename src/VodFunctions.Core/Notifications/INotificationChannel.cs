using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Notifications;

/// <summary>Pushes to the connections that a person has open now: Azure Web PubSub, or the emulator on one machine.</summary>
public interface INotificationChannel
{
    /// <summary>Sends one JSON message to every connection of a user; none open is no error.</summary>
    /// <param name="user">To whom.</param>
    /// <param name="json">A whole JSON object.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken);

    /// <summary>A client URL for this user alone, with no role. A secret: never logged, never stored.</summary>
    /// <param name="user">For whom.</param>
    /// <param name="lifetime">How long it can be used to connect.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken);
}
