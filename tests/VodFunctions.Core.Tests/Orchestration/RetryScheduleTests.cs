using VodFunctions.Core.Orchestration;
using Xunit;

namespace VodFunctions.Core.Tests.Orchestration;

public sealed class RetryPolicyTests
{
    private static readonly RetrySchedule s_policy = new(4, TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    public void The_wait_doubles_give_or_take_a_quarter(int attempt, double seconds)
    {
        foreach (int key in Enumerable.Range(0, 500))
        {
            Assert.InRange(s_policy.DelayAfter(attempt, $"{key}").TotalSeconds, seconds * 0.75, seconds * 1.25);
        }
    }

    [Fact]
    public void The_jitter_is_the_same_on_every_replay_and_differs_between_instances()
    {
        Assert.Equal(s_policy.DelayAfter(1, "a"), s_policy.DelayAfter(1, "a"));
        Assert.True(Enumerable.Range(0, 100).Select(key => s_policy.DelayAfter(1, $"{key}")).Distinct().Count() > 90);
    }

    [Fact]
    public void The_wait_is_capped_however_often_it_doubled() =>
        Assert.InRange(
            RetrySchedule.Persistent.DelayAfter(149, "a"), TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(13));
}
