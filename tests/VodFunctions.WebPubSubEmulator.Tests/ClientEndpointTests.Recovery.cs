using System.Net.WebSockets;
using System.Text.Json;
using VodFunctions.Core.Videos;
using VodFunctions.Testing.WebPubSub;
using Xunit;

namespace VodFunctions.WebPubSubEmulator.Tests;

/// <summary>Over the reliable subprotocol a connection outlives its socket.</summary>
public sealed partial class ClientEndpointTests
{
    [Fact]
    public async Task A_reliable_client_goes_on_where_its_socket_broke()
    {
        Uri url = await UrlAsync(s_kim);
        TestClient first = await TestClient.ConnectAsync(url, TestClient.ReliableJson);
        JsonElement connected = await first.ReceiveAsync();
        await Channel.SendToUserAsync(s_kim, "1", default);
        await Channel.SendToUserAsync(s_kim, "2", default);
        Assert.Equal(1, (await first.ReceiveAsync()).GetProperty("sequenceId").GetInt64());
        await first.SendAsync("""{"type":"sequenceAck","sequenceId":1}""");
        await first.SendAsync("""{"type":"ping"}""");
        Assert.Equal(2, (await first.ReceiveAsync()).GetProperty("sequenceId").GetInt64());
        Assert.Equal("pong", Text(await first.ReceiveAsync(), "type"));
        first.Socket.Abort();
        await Channel.SendToUserAsync(s_kim, "3", default);

        using TestClient second = await TestClient.ConnectAsync(Recovery(url, connected), TestClient.ReliableJson);

        JsonElement again = await second.ReceiveAsync();
        Assert.Equal(Text(connected, "connectionId"), Text(again, "connectionId"));
        Assert.NotEqual(Text(connected, "reconnectionToken"), Text(again, "reconnectionToken"));
        Assert.Equal(2, (await second.ReceiveAsync()).GetProperty("data").GetInt32());
        Assert.Equal(3, (await second.ReceiveAsync()).GetProperty("data").GetInt32());

        // Whoever has come back with the new token has used up the old one.
        second.Socket.Abort();
        using TestClient third = await TestClient.ConnectAsync(Recovery(url, again), TestClient.ReliableJson);
        Assert.Equal(Text(connected, "connectionId"), Text(await third.ReceiveAsync(), "connectionId"));
        using TestClient fourth = await TestClient.ConnectAsync(Recovery(url, connected), TestClient.ReliableJson);
        Assert.Null(await fourth.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, fourth.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_client_whose_sockets_break_before_it_hears_its_new_token_comes_back_with_the_one_it_has()
    {
        Uri url = await UrlAsync(s_kim);
        TestClient first = await TestClient.ConnectAsync(url, TestClient.ReliableJson);
        JsonElement connected = await first.ReceiveAsync();
        first.Socket.Abort();
        for (int broken = 0; broken < 3; broken++)
        {
            using TestClient deaf = await TestClient.ConnectAsync(Recovery(url, connected), TestClient.ReliableJson);
            await Channel.SendToUserAsync(s_kim, $"{broken}", default);
            deaf.Socket.Abort();
        }

        using TestClient last = await TestClient.ConnectAsync(Recovery(url, connected), TestClient.ReliableJson);

        Assert.Equal(Text(connected, "connectionId"), Text(await last.ReceiveAsync(), "connectionId"));
        for (int number = 0; number < 3; number++)
        {
            Assert.Equal(number, (await last.ReceiveAsync()).GetProperty("data").GetInt32());
        }
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure, null)]
    [InlineData(WebSocketCloseStatus.EndpointUnavailable, WebSocketCloseStatus.PolicyViolation)]
    public async Task A_client_that_closed_normally_may_come_back_and_one_that_went_away_may_not(
        WebSocketCloseStatus status, WebSocketCloseStatus? refused)
    {
        Uri url = await UrlAsync(s_kim);
        using TestClient first = await TestClient.ConnectAsync(url, TestClient.ReliableJson);
        JsonElement connected = await first.ReceiveAsync();
        await first.Socket.CloseAsync(status, null, default);

        using TestClient second = await TestClient.ConnectAsync(Recovery(url, connected), TestClient.ReliableJson);
        string? frame = await second.ReceiveTextAsync();

        Assert.Equal(refused is null, frame is not null);
        Assert.Equal(refused, second.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_client_whose_access_token_has_expired_meanwhile_is_recovered_by_its_reconnection_token_alone()
    {
        TestClient first = await TestClient.ConnectAsync(await UrlAsync(s_kim), TestClient.ReliableJson);
        JsonElement connected = await first.ReceiveAsync();
        first.Socket.Abort();
        await Channel.SendToUserAsync(s_kim, "1", default);

        using TestClient second = await TestClient.ConnectAsync(
            Recovery(Url(Forge("expired")), connected), TestClient.ReliableJson);

        Assert.Equal(Text(connected, "connectionId"), Text(await second.ReceiveAsync(), "connectionId"));
        Assert.Equal(1, (await second.ReceiveAsync()).GetProperty("data").GetInt32());
    }

    [Fact]
    public async Task Nobody_recovers_a_connection_without_its_reconnection_token()
    {
        using TestClient kim = await TestClient.ConnectAsync(await UrlAsync(s_kim), TestClient.ReliableJson);
        JsonElement connected = await kim.ReceiveAsync();
        Uri own = await UrlAsync(UserId.Parse("lee"));

        foreach (string token in new[] { "", "wrong" })
        {
            using TestClient lee = await TestClient.ConnectAsync(
                new Uri($"{own}&awps_connection_id={Text(connected, "connectionId")}&awps_reconnection_token={token}"),
                TestClient.ReliableJson);

            Assert.Null(await lee.ReceiveTextAsync());
            Assert.Equal(WebSocketCloseStatus.PolicyViolation, lee.Socket.CloseStatus);
        }
    }

    [Fact]
    public async Task A_recovered_client_is_not_put_back_into_a_group_that_it_had_left()
    {
        string token = Sign(Claims("kim", ["webpubsub.joinLeaveGroup"], "g"));
        TestClient first = await TestClient.ConnectAsync(Url(token), TestClient.ReliableJson);
        JsonElement connected = await first.ReceiveAsync();
        await first.SendAsync("""{"type":"leaveGroup","group":"g","ackId":1}""");
        Assert.Equal("1 ok", Ack(await first.ReceiveAsync()));
        first.Socket.Abort();

        using TestClient second = await TestClient.ConnectAsync(Recovery(Url(token), connected), TestClient.ReliableJson);
        await second.ReceiveAsync();
        using TestClient sender = await OpenAsync(Sign(Claims("lee", ["webpubsub.sendToGroup"], null)));
        await sender.SendAsync("""{"type":"sendToGroup","group":"g","ackId":1,"dataType":"text","data":"x"}""");
        Assert.Equal("1 ok", Ack(await sender.ReceiveAsync()));
        await Channel.SendToUserAsync(s_kim, "\"mine\"", default);

        Assert.Equal("mine", Text(await second.ReceiveAsync(), "data"));
    }

    private static Uri Recovery(Uri url, JsonElement connected) => new(
        $"{url}&awps_connection_id={Text(connected, "connectionId")}&awps_reconnection_token={Text(connected, "reconnectionToken")}");
}
