using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace VodFunctions.Testing.WebPubSub;

/// <summary>A client that speaks the subprotocol by hand.</summary>
public sealed class TestClient : IDisposable
{
    public const string Json = "json.webpubsub.azure.v1";
    public const string ReliableJson = "json.reliable.webpubsub.azure.v1";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    public TestClient(string? protocol)
    {
        if (protocol is not null)
        {
            Socket.Options.AddSubProtocol(protocol);
        }

        Socket.Options.CollectHttpResponseDetails = true;
    }

    public ClientWebSocket Socket { get; } = new();

    public static async Task<TestClient> ConnectAsync(Uri url, string? protocol = Json)
    {
        var client = new TestClient(protocol);
        await client.ConnectAsync(url);
        return client;
    }

    public async Task ConnectAsync(Uri url)
    {
        using var limit = new CancellationTokenSource(s_limit);
        await Socket.ConnectAsync(url, limit.Token);
    }

    public Task SendAsync(string frame) =>
        Socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next frame as text; null when the service closes.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        using var limit = new CancellationTokenSource(s_limit);
        using var frame = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            WebSocketReceiveResult part = await Socket.ReceiveAsync(buffer, limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(frame.ToArray());
            }
        }
    }

    public async Task<JsonElement> ReceiveAsync() => JsonSerializer.Deserialize<JsonElement>(
        await ReceiveTextAsync() ?? throw new InvalidOperationException($"Closed: {Socket.CloseStatus}."));

    public void Dispose() => Socket.Dispose();
}
