using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using VodFunctions.WebPubSubEmulator.Connections;
using VodFunctions.WebPubSubEmulator.Frames;
using VodFunctions.WebPubSubEmulator.Hubs;
using VodFunctions.WebPubSubEmulator.Tokens;
using Xunit;

namespace VodFunctions.WebPubSubEmulator.Tests;

/// <summary>How long a connection outlives its socket.</summary>
public sealed class ConnectionTests
{
    private readonly Hub _hub = new("h", NullLogger<Hub>.Instance);
    private readonly Connection _connection =
        new(ClientIdentity.WithoutRole("kim"), Subprotocol.ReliableJson, new EmulatorOptions());

    [Fact]
    public void Each_break_has_a_whole_window_of_its_own()
    {
        Break(SessionEnd.Broken);
        int first = _connection.Sockets;
        Break(SessionEnd.Broken);

        Assert.False(_connection.TryForget(first));
        Assert.True(_connection.TryForget(_connection.Sockets));
        Assert.False(_connection.TryAttach(NewSession()));
    }

    [Theory]
    [InlineData("Broken", "Waiting", false)]
    [InlineData("Left", "Waiting", true)]
    [InlineData("ByClient", "Over", false)]
    [InlineData("Malformed", "Over", false)]
    [InlineData("ByServer", "Over", false)]
    [InlineData("Stopping", "Over", false)]
    public void Only_a_broken_one_and_one_that_was_left_wait_for_their_client(string end, string becomes, bool left)
    {
        Assert.Equal(Enum.Parse<Detached>(becomes), Break(Enum.Parse<SessionEnd>(end)));
        Assert.Equal(left, _connection.HasLeft);
    }

    [Fact]
    public void An_old_socket_that_ends_late_leaves_the_new_one_alone()
    {
        Session old = NewSession();
        Assert.True(_connection.TryAttach(old));
        Assert.True(_connection.TryAttach(NewSession()));

        Assert.Equal(Detached.Replaced, _connection.Detach(old, SessionEnd.Broken));
        Assert.False(_connection.TryForget(_connection.Sockets));
    }

    [Fact]
    public async Task What_waits_for_a_client_is_taken_before_the_end_and_nothing_after()
    {
        Session session = NewSession();
        Assert.True(_connection.TryAttach(session));
        _connection.Send(HubMessage.FromJson("1"u8.ToArray()));
        _connection.Close("bye");
        Assert.True(_connection.Send(HubMessage.FromJson("2"u8.ToArray())));

        Assert.Equal("connected", Member(await _connection.Outbox.TakeAsync(session.Turn, default), "event"));
        Assert.Equal("1", Member(await _connection.Outbox.TakeAsync(session.Turn, default), "data"));
        Assert.Null(await _connection.Outbox.TakeAsync(session.Turn, default));
        Assert.False(_connection.TryAttach(NewSession()));
    }

    [Fact]
    public void One_that_is_away_and_gets_too_much_is_gone()
    {
        _hub.Add(_connection);
        Assert.Equal(Detached.Waiting, Break(SessionEnd.Broken));

        for (int count = 0; count <= 1000; count++)
        {
            Assert.True(_hub.TryFind(_connection.Id, out _));
            _hub.SendToUser("kim", HubMessage.FromJson("1"u8.ToArray()));
        }

        Assert.False(_hub.TryFind(_connection.Id, out _));
        Assert.Empty(_hub.OfUser("kim"));
        Assert.False(_connection.TryAttach(NewSession()));
    }

    private Detached Break(SessionEnd end)
    {
        Session session = NewSession();
        Assert.True(_connection.TryAttach(session));
        return _connection.Detach(session, end);
    }

    private Session NewSession() => new(
        _hub, _connection, WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions { IsServer = true }),
        1024, () => { });

    private static string Member(Frame? frame, string name) =>
        JsonDocument.Parse(frame!.Value.Bytes).RootElement.GetProperty(name).ToString();
}
