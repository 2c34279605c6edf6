using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using VodFunctions.Testing.WebPubSub;
using VodFunctions.WebPubSubEmulator.Hubs;
using Xunit;

namespace VodFunctions.WebPubSubEmulator.Tests;

public sealed partial class ClientEndpointTests : IAsyncLifetime
{
    private static readonly UserId s_kim = UserId.Parse("kim");

    private EmulatorApp _app = null!;

    private INotificationChannel Channel => _app.App.Services.GetRequiredService<INotificationChannel>();

    public async Task InitializeAsync() => _app = await EmulatorApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_first_frame_says_who_is_connected()
    {
        using TestClient client = await TestClient.ConnectAsync(await UrlAsync(s_kim));

        JsonElement frame = await client.ReceiveAsync();

        Assert.Equal(TestClient.Json, client.Socket.SubProtocol);
        Assert.Equal("system", Text(frame, "type"));
        Assert.Equal("connected", Text(frame, "event"));
        Assert.Equal("kim", Text(frame, "userId"));
        Assert.NotEmpty(Text(frame, "connectionId"));
        Assert.False(frame.TryGetProperty("reconnectionToken", out _));
    }

    [Fact]
    public async Task A_message_reaches_every_connection_of_its_user_and_nobody_else()
    {
        using TestClient first = await OpenAsync(s_kim);
        using TestClient second = await OpenAsync(s_kim);
        using TestClient other = await OpenAsync(UserId.Parse("lee"));

        await Channel.SendToUserAsync(s_kim, """{"type":"video.completed","text":"안녕"}""", default);
        await Channel.SendToUserAsync(UserId.Parse("lee"), """{"type":"own"}""", default);

        foreach (TestClient client in new[] { first, second })
        {
            JsonElement frame = await client.ReceiveAsync();
            Assert.Equal("message", Text(frame, "type"));
            Assert.Equal("server", Text(frame, "from"));
            Assert.Equal("json", Text(frame, "dataType"));
            Assert.Equal("안녕", Text(frame.GetProperty("data"), "text"));
        }

        Assert.Equal("own", Text((await other.ReceiveAsync()).GetProperty("data"), "type"));
    }

    [Fact]
    public async Task Nobody_connected_is_no_error_and_broken_json_is_one()
    {
        await Channel.SendToUserAsync(s_kim, "{}", default);

        await Assert.ThrowsAnyAsync<JsonException>(() => Channel.SendToUserAsync(s_kim, "{", default));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("nothing", "x.y.z")]
    [InlineData("expired", null)]
    [InlineData("early", null)]
    [InlineData("audience", null)]
    [InlineData("key", null)]
    [InlineData("unsigned", null)]
    public async Task A_bad_token_is_refused_on_the_upgrade(string fault, string? token)
    {
        token ??= Forge(fault);
        Uri url = Url(token);

        Assert.Equal(401, await RefusalAsync(url, protocol: null));
        Assert.DoesNotContain(_app.Log.Lines, line => token.Length > 0 && line.StartsWith("Information", StringComparison.Ordinal)
            && line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_shows_no_good_token_makes_no_hub()
    {
        HubRegistry hubs = _app.App.Services.GetRequiredService<HubRegistry>();
        int before = hubs.Count;
        for (int number = 0; number < 5; number++)
        {
            string hub = $"ws://{_app.Url.Authority}/client/hubs/made{number}";
            Assert.Equal(401, await RefusalAsync(new Uri($"{hub}?access_token=x"), protocol: null));
            using var back = new ClientWebSocket();
            await back.ConnectAsync(new Uri($"{hub}?awps_connection_id=x&awps_reconnection_token=y"), default);
        }

        Assert.Equal(before, hubs.Count);
    }

    [Fact]
    public async Task A_token_is_good_for_its_hub_only_also_in_the_header()
    {
        string token = (await UrlAsync(s_kim)).Query["?access_token=".Length..];
        using var header = new ClientWebSocket();
        header.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await header.ConnectAsync(new Uri($"ws://{_app.Url.Authority}/client/?hub=notices"), default);
        Assert.Equal(WebSocketState.Open, header.State);

        using var other = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(
            () => other.ConnectAsync(new Uri($"ws://{_app.Url.Authority}/client/hubs/other?access_token={token}"), default));
    }

    [Fact]
    public async Task Without_a_role_a_client_may_only_send_events()
    {
        using TestClient client = await OpenAsync(s_kim);

        await client.SendAsync("""{"type":"ping"}""");
        await client.SendAsync("""{"type":"joinGroup","group":"g","ackId":1}""");
        await client.SendAsync("""{"type":"joinGroup","group":"g"}""");
        await client.SendAsync("""{"type":"sendToGroup","group":"g","ackId":2,"dataType":"json","data":{}}""");
        await client.SendAsync("""{"type":"event","event":"e","ackId":3,"dataType":"text","data":"x"}""");
        await client.SendAsync("""{"type":"event","event":"e","ackId":3,"dataType":"text","data":"x"}""");

        Assert.Equal("pong", Text(await client.ReceiveAsync(), "type"));
        Assert.Equal("1 Forbidden", Ack(await client.ReceiveAsync()));
        Assert.Equal("2 Forbidden", Ack(await client.ReceiveAsync()));
        Assert.Equal("3 ok", Ack(await client.ReceiveAsync()));
        Assert.Equal("3 Duplicate", Ack(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task With_its_role_a_client_joins_sends_and_leaves()
    {
        string[] roles = ["webpubsub.joinLeaveGroup.g", "webpubsub.sendToGroup.g"];
        using TestClient sender = await OpenAsync(Sign(Claims("kim", roles, "g")));
        using TestClient member = await OpenAsync(Sign(Claims("lee", roles, null)));
        await member.SendAsync("""{"type":"joinGroup","group":"g","ackId":1}""");
        Assert.Equal("1 ok", Ack(await member.ReceiveAsync()));

        await sender.SendAsync("""{"type":"sendToGroup","group":"g","noEcho":true,"ackId":1,"dataType":"text","data":"hi"}""");
        await sender.SendAsync("""{"type":"joinGroup","group":"other","ackId":2}""");

        JsonElement message = await member.ReceiveAsync();
        Assert.Equal(("group", "g", "kim", "hi"), (
            Text(message, "from"), Text(message, "group"), Text(message, "fromUserId"), Text(message, "data")));
        Assert.Equal("1 ok", Ack(await sender.ReceiveAsync()));
        Assert.Equal("2 Forbidden", Ack(await sender.ReceiveAsync()));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"type":"unknown"}""")]
    [InlineData("""{"type":"joinGroup","group":7}""")]
    public async Task A_frame_that_is_none_ends_the_connection(string frame)
    {
        using TestClient client = await OpenAsync(s_kim);

        await client.SendAsync(frame);

        Assert.Equal("disconnected", Text(await client.ReceiveAsync(), "event"));
        Assert.Null(await client.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, client.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_simple_client_gets_the_bare_content()
    {
        using TestClient client = await TestClient.ConnectAsync(await UrlAsync(s_kim), protocol: null);
        await UntilAsync(() => _app.Log.Lines.Any(line => line.Contains("protocol none", StringComparison.Ordinal)));

        await Channel.SendToUserAsync(s_kim, """{"a":1}""", default);

        Assert.Equal("""{"a":1}""", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off_and_holds_up_nobody()
    {
        using TestClient stalled = await OpenAsync(s_kim);
        using TestClient reader = await OpenAsync(UserId.Parse("lee"));
        string large = JsonSerializer.Serialize(new string('x', 1 << 20));

        // More than its queue and the sockets' buffers together can hold.
        for (int index = 0; index < 100; index++)
        {
            await Channel.SendToUserAsync(s_kim, large, default);
        }

        await Channel.SendToUserAsync(UserId.Parse("lee"), "1", default);
        Assert.Equal(1, (await reader.ReceiveAsync()).GetProperty("data").GetInt32());
        await UntilAsync(() => _app.Log.Lines.Any(line => line.Contains("does not read", StringComparison.Ordinal)));
        await UntilAsync(() => _app.Log.Lines.Any(line => line.Contains("disconnected (Broken)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task When_the_host_stops_the_client_is_told()
    {
        using TestClient client = await OpenAsync(s_kim);

        Task stopping = _app.App.StopAsync();

        Assert.Equal("disconnected", Text(await client.ReceiveAsync(), "event"));
        Assert.Null(await client.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.Socket.CloseStatus);
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        await stopping.WaitAsync(TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData(TestClient.Json)]
    [InlineData(TestClient.ReliableJson)]
    public async Task A_client_that_comes_back_to_a_host_that_is_stopping_is_sent_away_to_try_again(string protocol)
    {
        Uri url = await UrlAsync(s_kim);
        using TestClient client = await TestClient.ConnectAsync(url, protocol);
        JsonElement connected = await client.ReceiveAsync();
        // The host still listens then, as it does for a moment at its end.
        _app.App.Lifetime.StopApplication();
        Assert.Equal("disconnected", Text(await client.ReceiveAsync(), "event"));

        Assert.Equal(503, await RefusalAsync(url, protocol));
        if (protocol == TestClient.ReliableJson)
        {
            Assert.Equal(503, await RefusalAsync(Recovery(url, connected), protocol));
        }
    }

    private Task<Uri> UrlAsync(UserId user) => Channel.GetClientUrlAsync(user, TimeSpan.FromMinutes(5), default);

    private async Task<TestClient> OpenAsync(UserId user) => await OpenAsync(await UrlAsync(user));

    private static async Task<TestClient> OpenAsync(Uri url)
    {
        TestClient client = await TestClient.ConnectAsync(url);
        Assert.Equal("connected", Text(await client.ReceiveAsync(), "event"));
        return client;
    }

    private static async Task<int> RefusalAsync(Uri url, string? protocol)
    {
        using var client = new TestClient(protocol);
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(url));
        return (int)client.Socket.HttpStatusCode;
    }

    private Uri Url(string token) => new($"ws://{_app.Url.Authority}/client/hubs/notices?access_token={token}");

    private async Task<TestClient> OpenAsync(string token) => await OpenAsync(Url(token));

    private static Dictionary<string, object> Claims(string user, string[] roles, string? group)
    {
        var claims = new Dictionary<string, object> { ["sub"] = user, ["role"] = roles };
        if (group is not null)
        {
            claims["webpubsub.group"] = group;
        }

        return claims;
    }

    private string Forge(string fault)
    {
        DateTime now = DateTime.UtcNow;
        return fault switch
        {
            "expired" => Sign(Claims("kim", [], null), to: now.AddMinutes(-1)),
            "early" => Sign(Claims("kim", [], null), from: now.AddMinutes(5)),
            "audience" => Sign(Claims("kim", [], null), audience: "http://127.0.0.1/client/hubs/notices"),
            "key" => Sign(Claims("kim", [], null), key: new string('k', 64)),
            _ => new JsonWebTokenHandler().CreateToken(Descriptor(Claims("kim", [], null), null, null, null)),
        };
    }

    private string Sign(
        Dictionary<string, object> claims, DateTime? from = null, DateTime? to = null, string? audience = null, string? key = null)
    {
        key ??= _app.Key;
        SecurityTokenDescriptor descriptor = Descriptor(claims, from, to, audience);
        descriptor.SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), SecurityAlgorithms.HmacSha256);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    private SecurityTokenDescriptor Descriptor(
        Dictionary<string, object> claims, DateTime? from, DateTime? to, string? audience) => new()
        {
            Audience = audience ?? $"http://{_app.Url.Authority}/client/hubs/notices",
            NotBefore = from ?? DateTime.UtcNow.AddHours(-1),
            Expires = to ?? DateTime.UtcNow.AddHours(1),
            Claims = claims,
        };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Ack(JsonElement frame) => frame.GetProperty("success").GetBoolean()
        ? $"{frame.GetProperty("ackId")} ok"
        : $"{frame.GetProperty("ackId")} {Text(frame.GetProperty("error"), "name")}";

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
