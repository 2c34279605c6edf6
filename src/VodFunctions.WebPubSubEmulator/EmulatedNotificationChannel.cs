using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using VodFunctions.WebPubSubEmulator.Frames;
using VodFunctions.WebPubSubEmulator.Hubs;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.WebPubSubEmulator;

/// <summary>Pushes through the emulator in this process.</summary>
internal sealed class EmulatedNotificationChannel(
    HubRegistry hubs, ClientTokens tokens, EmulatorEndpoint endpoint, IOptions<EmulatorOptions> options)
    : INotificationChannel
{
    private readonly string _hub = options.Value.Hub;

    /// <inheritdoc />
    /// <exception cref="JsonException"><paramref name="json"/> is no JSON.</exception>
    public Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        hubs.Get(_hub).SendToUser(user.ToPushId(), HubMessage.FromJson(Encoding.UTF8.GetBytes(json)));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromResult(tokens.Url(endpoint.Get(), _hub, ClientIdentity.WithoutRole(user.ToPushId()), lifetime));
}
