using System.Text;
using VodFunctions.WebPubSubEmulator.Connections;
using VodFunctions.WebPubSubEmulator.Frames;
using Xunit;

namespace VodFunctions.WebPubSubEmulator.Tests;

public sealed class OutboxTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly Outbox _outbox = new(maxMessages: 10, maxBytes: 1000, reliable: true);

    [Fact]
    public async Task A_socket_that_is_replaced_while_it_waits_takes_nothing_from_its_successor()
    {
        OutboxTurn old = _outbox.Restart(null);
        Task<Frame?> waiting = TakeAsync(old);

        OutboxTurn next = _outbox.Restart(Frame("connected"));
        Add("1");

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(s_limit));
        Assert.Equal("connected", await TextAsync(next));
        Assert.Equal("1", await TextAsync(next));
    }

    [Fact]
    public async Task A_socket_that_is_replaced_while_it_sends_gets_no_more_and_what_it_took_is_sent_again()
    {
        OutboxTurn old = _outbox.Restart(null);
        Add("1");
        Add("2");
        Assert.Equal("1", await TextAsync(old));

        OutboxTurn next = _outbox.Restart(Frame("connected"));

        await Assert.ThrowsAsync<OperationCanceledException>(() => TakeAsync(old).WaitAsync(s_limit));
        Assert.Equal("connected", await TextAsync(next));
        Assert.Equal("1", await TextAsync(next));
        Assert.Equal("2", await TextAsync(next));
    }

    [Fact]
    public async Task A_message_wakes_the_socket_that_has_the_turn_however_many_had_it_before()
    {
        OutboxTurn first = _outbox.Restart(null);
        Task<Frame?>[] before = [TakeAsync(first), TakeAsync(_outbox.Restart(null))];
        Task<string> now = TextAsync(_outbox.Restart(null));

        Add("1");

        Assert.Equal("1", await now.WaitAsync(s_limit));
        foreach (Task<Frame?> each in before)
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => each.WaitAsync(s_limit));
        }
    }

    private void Add(string text) => Assert.True(_outbox.TryAdd(
        new HubMessage(DataType.Text, Encoding.UTF8.GetBytes(text)), (message, _) => new Frame(message.Data)));

    private Task<Frame?> TakeAsync(OutboxTurn turn) => _outbox.TakeAsync(turn, CancellationToken.None).AsTask();

    private async Task<string> TextAsync(OutboxTurn turn) =>
        Encoding.UTF8.GetString((await TakeAsync(turn).WaitAsync(s_limit))!.Value.Bytes.Span);

    private static Frame Frame(string text) => new(Encoding.UTF8.GetBytes(text));
}
