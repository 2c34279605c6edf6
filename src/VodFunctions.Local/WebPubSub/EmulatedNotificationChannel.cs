using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using VodFunctions.Local.WebPubSub.Connections;
using VodFunctions.Local.WebPubSub.Frames;
using VodFunctions.Local.WebPubSub.Hubs;
using VodFunctions.Local.WebPubSub.Tokens;

namespace VodFunctions.Local.WebPubSub;

/// <summary>Pushes through the emulator in this process.</summary>
internal sealed class EmulatedNotificationChannel(
    HubRegistry hubs,
    ClientTokens tokens,
    EmulatorEndpoint endpoint,
    IOptions<WebPubSubEmulatorOptions> options,
    ILogger<EmulatedNotificationChannel> log) : INotificationChannel
{
    private readonly string _hub = options.Value.Hub;

    /// <inheritdoc />
    /// <exception cref="JsonException"><paramref name="json"/> is no JSON.</exception>
    public Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (JsonDocument.Parse(json))
        {
            // Nothing but whole JSON may be embedded in a frame.
        }

        var message = new HubMessage(DataType.Json, Encoding.UTF8.GetBytes(json));
        foreach (Connection stalled in hubs.Get(_hub).SendToUser(user.ToString(), message))
        {
            Log.Stalled(log, stalled.Id);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        Uri http = endpoint.Get();
        string token = tokens.Issue(http, _hub, user.ToString(), lifetime);
        string scheme = http.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        return Task.FromResult(new Uri($"{scheme}://{http.Authority}/client/hubs/{_hub}?access_token={token}"));
    }
}
