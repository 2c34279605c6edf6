using VodFunctions.WebPubSubEmulator.Connections;
using VodFunctions.WebPubSubEmulator.Frames;
using Xunit;

namespace VodFunctions.WebPubSubEmulator.Tests;

/// <summary>What waits for a client, and how much of it.</summary>
public sealed class OutboxLimitsTests
{
    private static readonly HubMessage s_message = HubMessage.FromJson("1"u8.ToArray());
    private readonly Outbox _outbox = new(maxMessages: 3, maxBytes: 1000, reliable: true);

    [Fact]
    public async Task A_full_buffer_takes_no_message_until_one_is_acknowledged_and_answers_all_the_same()
    {
        OutboxTurn turn = _outbox.Restart(ServerFrame.Pong());
        Assert.Equal([true, true, true, false], Add(4));
        Assert.True(_outbox.TryAdd(ServerFrame.Pong()));
        await TakeAsync(turn, 5);

        // Sent, and kept: it may have to be sent again.
        Assert.Equal([false], Add(1));
        Assert.True(_outbox.TryAdd(ServerFrame.Pong()));
        _outbox.Acknowledge(1);
        Assert.Equal([true, false], Add(2));
    }

    [Fact]
    public async Task Answers_are_bounded_too()
    {
        OutboxTurn turn = _outbox.Restart(ServerFrame.Pong());
        Assert.True(_outbox.TryAdd(ServerFrame.Pong()));
        Assert.True(_outbox.TryAdd(ServerFrame.Pong()));
        Assert.False(_outbox.TryAdd(ServerFrame.Pong()));

        await TakeAsync(turn, 1);
        Assert.True(_outbox.TryAdd(ServerFrame.Pong()));
        Assert.Equal([true, true, true, false], Add(4));
    }

    [Fact]
    public void Bytes_are_bounded()
    {
        var outbox = new Outbox(maxMessages: 3, maxBytes: 150, reliable: true);
        HubMessage large = HubMessage.FromJson(new byte[60].Select(_ => (byte)'1').ToArray());

        Assert.True(outbox.TryAdd(large, Subprotocol.ReliableJson.Encode));
        Assert.False(outbox.TryAdd(large, Subprotocol.ReliableJson.Encode));
        Assert.True(outbox.TryAdd(ServerFrame.Pong()));
    }

    private bool[] Add(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _outbox.TryAdd(s_message, Subprotocol.ReliableJson.Encode))];

    private async Task TakeAsync(OutboxTurn turn, int count)
    {
        for (int index = 0; index < count; index++)
        {
            Assert.NotNull(await _outbox.TakeAsync(turn, default));
        }
    }
}
