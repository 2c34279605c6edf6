namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>A clock that is set by hand; its timers fire at once, or as the system's do.</summary>
internal sealed class TestTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Some.Moment;

    public bool TimersFireAtOnce { get; init; }

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimersFireAtOnce ? TimeSpan.Zero : dueTime, period);
}
