using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Testing.ProcessVideo;

/// <summary>
/// What <c>ProcessVideo</c> promises, written once and run on each engine by a class that adds one. Days pass in milliseconds:
/// the clock is the test's, and it moves only while the engine has nothing to do.
/// </summary>
public abstract partial class ProcessVideoSuite : IAsyncLifetime
{
    /// <summary>Says that something hangs, not that it is slow: eight worlds at a time share the machine with other tests.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(5);

    // Engines sleep whole milliseconds.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    private IHostedService[] _running = [];

    protected ProcessVideoSuite(params (string Key, string Value)[] settings) => World = new VodWorld(settings);

    protected VodWorld World { get; }

    /// <summary>Registers the engine: its client, and what runs it as hosted services.</summary>
    protected abstract void AddEngine(IServiceCollection services);

    /// <summary>Whether the engine waits for nothing but timers, events and that many activities, which the test holds.</summary>
    protected abstract bool IsIdle(int held);

    /// <summary>Whether the engine waits for nothing but timers and events.</summary>
    protected bool IsIdle() => IsIdle(held: 0);

    /// <summary>When the engine's next timer is due; none when it waits for events only.</summary>
    protected abstract DateTimeOffset? NextTimerAt();

    public async Task InitializeAsync()
    {
        AddEngine(World.Services);
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await World.DisposeAsync();
    }

    /// <summary>The host ends in good order and starts again: what it had in memory is gone, what is stored is there.</summary>
    protected async Task RestartAsync()
    {
        await StopAsync();
        await World.ForgetAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        _running = [.. World.Get<IEnumerable<IHostedService>>()];
        foreach (IHostedService service in _running)
        {
            await service.StartAsync(default);
        }
    }

    private async Task StopAsync()
    {
        foreach (IHostedService service in _running)
        {
            await service.StopAsync(default);
        }
    }

    /// <summary>Waits, without moving the clock.</summary>
    protected static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var bound = new CancellationTokenSource(s_bound);
        while (!condition())
        {
            Assert.False(bound.IsCancellationRequested, $"Waited in vain: {what}.");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Moves the clock from one due timer to the next until the condition holds.</summary>
    protected async Task DriveUntilAsync(Func<bool> condition, string what)
    {
        using var bound = new CancellationTokenSource(s_bound);
        while (!condition())
        {
            Assert.False(
                bound.IsCancellationRequested,
                $"Drove in vain: {what}; idle {IsIdle()}, now {World.Time.GetUtcNow():O}, next {NextTimerAt():O}.");
            if (IsIdle() && !condition() && NextTimerAt() is { } due)
            {
                World.Time.AdvanceTo(due + s_tick);
            }

            await Task.Delay(2, CancellationToken.None);
        }
    }

    /// <summary>
    /// Moves the clock on, again and again, until a long activity has looked at its record: whether it has begun to wait for
    /// its next look is not to be seen from here.
    /// </summary>
    private Task TickUntilAsync(Task noticed, string what) => UntilAsync(
        () =>
        {
            World.Time.Advance(TimeSpan.FromSeconds(2));
            return noticed.IsCompleted;
        },
        what);

    /// <summary>Waits until the engine has nothing to do, then moves the clock by that much at once, then waits again.</summary>
    protected async Task PassAsync(TimeSpan time)
    {
        await SettleAsync();
        World.Time.Advance(time);
        await SettleAsync();
    }

    /// <summary>Waits until nothing moves: no timer is due, and the engine works on nothing but what a test holds.</summary>
    private Task SettleAsync() => UntilAsync(
        () =>
        {
            int held = Volatile.Read(ref _held);
            // Before and after: what is due turns into work, and work into what is due. And work that was held may have
            // ended meanwhile: then what the engine counted was something else that runs.
            return !IsTimerDue() && IsIdle(held) && Volatile.Read(ref _held) == held && !IsTimerDue();
        },
        "an idle engine");

    private bool IsTimerDue() => NextTimerAt() + s_tick <= World.Time.GetUtcNow();

    protected VideoRecord Record(VideoId videoId) => World.Records.All.Single(record => record.VideoId == videoId);

    protected bool HasEnded(VideoId videoId) => Record(videoId).Job is { Status: not JobStatus.Pending };

    protected bool Notice(VideoId videoId, NotificationStatus status) => Record(videoId).Notification?.Status == status;

    /// <summary>The notices that were pushed, progress left out.</summary>
    protected IReadOnlyList<string> Pushed() => [.. World.Channel.Sent
        .Where(sent => !sent.Json.Contains("video.progress", StringComparison.Ordinal))
        .Select(sent => sent.Json)];

    protected Task AcknowledgeAsync(VideoId videoId) =>
        World.Get<Notices>().AcknowledgeAsync(VodWorld.Alice, videoId, null, default);

    /// <summary>A video whose upload has arrived.</summary>
    protected async Task<VideoId> ArrivedAsync()
    {
        VideoId videoId = await World.IssueAsync();
        await World.ArriveAsync(videoId);
        return videoId;
    }

    /// <summary>Holds a kind of work until released.</summary>
    protected TaskCompletionSource Hold(string work)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.Media.OnMake = (name, _, token) => name == work ? gate.Task.WaitAsync(token) : Task.CompletedTask;
        return gate;
    }
}
