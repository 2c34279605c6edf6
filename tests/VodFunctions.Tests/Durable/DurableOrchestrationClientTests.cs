using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;
using VodFunctions.Core.Orchestration;
using VodFunctions.Durable;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Durable;

public sealed class DurableOrchestrationClientTests
{
    private const string Id = "abc-1";

    private readonly Mock<DurableTaskClient> _engine = Engines.Mock();
    private readonly DurableOrchestrationClient _client;

    public DurableOrchestrationClientTests() =>
        _client = new DurableOrchestrationClient(new DurableClientAccessor { Current = _engine.Object });

    [Fact]
    public async Task A_start_forbids_the_engine_to_replace_an_instance_of_any_status()
    {
        Assert.True(await _client.StartAsync("ProcessVideo", Id, 5, default));

        var options = Assert.IsAssignableFrom<StartOrchestrationOptions>(Assert.Single(_engine.Invocations, IsStart).Arguments[2]);
        Assert.Equal(Id, options.InstanceId);
        Assert.Equal(
            Enum.GetNames<OrchestrationRuntimeStatus>().Order(), options.DedupeStatuses!.Order());
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task An_id_that_is_taken_is_not_started_again(OrchestrationRuntimeStatus status)
    {
        _engine.Has(Id, status);

        Assert.False(await _client.StartAsync("ProcessVideo", Id, 5, default));
        Assert.DoesNotContain(_engine.Invocations, IsStart);
    }

    [Fact]
    public async Task Of_two_starts_that_race_the_one_that_comes_late_is_told_so()
    {
        _engine.Setup(client => client.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(), It.IsAny<object>(), It.IsAny<StartOrchestrationOptions>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new OrchestrationAlreadyExistsException("taken"));

        Assert.False(await _client.StartAsync("ProcessVideo", Id, 5, default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task Raising_and_terminating_what_is_not_there_or_has_ended_has_no_effect(OrchestrationRuntimeStatus? status)
    {
        if (status is { } known)
        {
            _engine.Has(Id, known);
        }

        CallsFail(new InvalidOperationException("no such instance"));

        await _client.RaiseEventAsync(Id, "FeedSubmitted", default);
        await _client.TerminateAsync(Id, "deleted", default);
    }

    [Fact]
    public async Task Raising_and_terminating_what_runs_fails_when_the_engine_does()
    {
        _engine.Has(Id, OrchestrationRuntimeStatus.Running);
        CallsFail(new IOException("down"));

        await Assert.ThrowsAsync<IOException>(() => _client.RaiseEventAsync(Id, "FeedSubmitted", default));
        await Assert.ThrowsAsync<IOException>(() => _client.TerminateAsync(Id, "deleted", default));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running, InstanceStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Pending, InstanceStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, InstanceStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Completed, InstanceStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed, InstanceStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, InstanceStatus.Terminated)]
    public async Task An_instance_is_found_with_its_status(OrchestrationRuntimeStatus status, InstanceStatus found)
    {
        _engine.Has(Id, status);

        Assert.Equal(found, await _client.FindAsync(Id, default));
        Assert.Null(await _client.FindAsync("other-1", default));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(OrchestrationRuntimeStatus.Running, 0)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, 0)]
    [InlineData(OrchestrationRuntimeStatus.Completed, 1)]
    [InlineData(OrchestrationRuntimeStatus.Failed, 1)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, 1)]
    public async Task Only_what_has_ended_is_purged(OrchestrationRuntimeStatus? status, int purges)
    {
        if (status is { } known)
        {
            _engine.Has(Id, known);
        }

        await _client.PurgeAsync(Id, default);

        Assert.Equal(purges, Purged().Count());
    }

    [Fact]
    public async Task History_is_purged_by_when_it_ended_and_not_by_when_it_began()
    {
        var limit = new DateTimeOffset(2030, 1, 31, 0, 0, 0, TimeSpan.Zero);
        OrchestrationQuery? query = null;
        _engine.Setup(client => client.GetAllInstancesAsync(It.IsAny<OrchestrationQuery>()))
            .Callback((OrchestrationQuery asked) => query = asked)
            .Returns(Engines.Listing(
                Engines.Metadata("ended-before-1", OrchestrationRuntimeStatus.Completed, limit - TimeSpan.FromSeconds(1)),
                Engines.Metadata("ended-after-1", OrchestrationRuntimeStatus.Completed, limit + TimeSpan.FromSeconds(1)),
                Engines.Metadata("ended-then-1", OrchestrationRuntimeStatus.Failed, limit)));

        Assert.Equal(1, await _client.PurgeEndedAsync(limit, default));

        Assert.Equal(["ended-before-1"], Purged());
        Assert.Equal(
            [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated],
            query!.Statuses!.Order());
    }

    [Fact]
    public async Task A_call_is_not_swallowed_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        CallsFail(new OperationCanceledException(stop.Token));

        await Assert.ThrowsAsync<OperationCanceledException>(() => _client.RaiseEventAsync(Id, "FeedSubmitted", stop.Token));
    }

    [Fact]
    public async Task Without_a_bound_client_a_call_says_so()
    {
        var unbound = new DurableOrchestrationClient(new DurableClientAccessor());

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => unbound.FindAsync(Id, default));
        Assert.Contains("[DurableClient]", failure.Message, StringComparison.Ordinal);
    }

    private static bool IsStart(IInvocation call) =>
        call.Method.Name == nameof(DurableTaskClient.ScheduleNewOrchestrationInstanceAsync);

    private IEnumerable<object> Purged() => _engine.Invocations
        .Where(call => call.Method.Name == nameof(DurableTaskClient.PurgeInstanceAsync)).Select(call => call.Arguments[0]!);

    private void CallsFail(Exception failure)
    {
        _engine.Setup(client => client.RaiseEventAsync(
            It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object>(), It.IsAny<CancellationToken>())).ThrowsAsync(failure);
        _engine.Setup(client => client.TerminateInstanceAsync(
            It.IsAny<string>(), It.IsAny<object>(), It.IsAny<CancellationToken>())).ThrowsAsync(failure);
    }
}
