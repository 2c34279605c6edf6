using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Videos;
using VodFunctions.Durable;
using VodFunctions.Maintenance;
using VodFunctions.Testing;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Maintenance;

public sealed class SweepFunctionTests
{
    [Fact]
    public async Task The_timer_forgets_old_tickets_and_purges_old_history_with_the_client_that_it_is_given()
    {
        await using var world = new VodWorld();
        world.Services.AddSingleton<DurableClientAccessor>();
        world.Services.AddSingleton<IOrchestrationClient, DurableOrchestrationClient>();
        DateTimeOffset now = world.Time.GetUtcNow();
        Mock<DurableTaskClient> engine = Engines.Mock();
        engine.Setup(client => client.GetAllInstancesAsync(It.IsAny<OrchestrationQuery>())).Returns(Engines.Listing(
            Engines.Metadata("old-1", OrchestrationRuntimeStatus.Completed, now)));
        VideoId ticket = await world.IssueAsync();
        world.Time.Advance(TimeSpan.FromDays(40));

        Functions.Bind(Functions.All["SweepTimer"], world.Get<DurableClientAccessor>(), engine.Object);
        await new SweepFunction(world.Get<Sweep>()).RunAsync(new TimerInfo(), engine.Object, Functions.Context("SweepTimer"));

        Assert.DoesNotContain(world.Records.All, record => record.VideoId == ticket);
        engine.Verify(client => client.PurgeInstanceAsync("old-1", It.IsAny<CancellationToken>()));
    }

    [Fact]
    public void It_runs_every_five_minutes() => Assert.Equal(
        "0 */5 * * * *", Assert.Single(Functions.With<TimerTriggerAttribute>()).Trigger.Schedule);
}
