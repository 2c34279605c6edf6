using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.DurableTask;

namespace VodFunctions.Core.Orchestration;

/// <summary>Attempts with doubling waits and jitter.</summary>
/// <param name="MaxAttempts">The first one included.</param>
/// <param name="FirstDelay">The wait after the first failure; it doubles after each.</param>
public sealed record RetrySchedule(int MaxAttempts, TimeSpan FirstDelay)
{
    /// <summary>
    /// For steps without which a job would stay PENDING for ever (opening and closing it): tries for a day, so that an outage
    /// of the storage costs time only.
    /// </summary>
    public static RetrySchedule Persistent { get; } = new(150, TimeSpan.FromSeconds(5));

    /// <summary>No wait is longer.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The wait after a failed attempt: 75 % to 125 % of the doubled delay. The jitter comes from a hash of the key and the
    /// attempt, so that it is the same on every replay and differs between instances.
    /// </summary>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="key">The instance and what it called.</param>
    public TimeSpan DelayAfter(int attempt, string key)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{key}/{attempt}"));
        double jitter = 0.75 + (0.5 * BinaryPrimitives.ReadUInt32BigEndian(hash) / uint.MaxValue);
        double doubled = FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1);
        return TimeSpan.FromSeconds(Math.Min(doubled, MaxDelay.TotalSeconds) * jitter);
    }
}

/// <summary>Retries over any engine, in one way.</summary>
public static class RetryExtensions
{
    /// <summary>Calls an activity until it succeeds or the schedule's attempts are used up.</summary>
    /// <param name="context">The orchestration's.</param>
    /// <param name="activity">What to call.</param>
    /// <param name="input">Its input.</param>
    /// <param name="schedule">How often and when.</param>
    /// <exception cref="TaskFailedException">The last failure.</exception>
    public static async Task<TOutput> CallWithRetryAsync<TInput, TOutput>(
        this TaskOrchestrationContext context, ActivityName<TInput, TOutput> activity, TInput input, RetrySchedule schedule)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await context.CallActivityAsync(activity, input);
            }
            catch (TaskFailedException) when (attempt < schedule.MaxAttempts)
            {
                TimeSpan delay = schedule.DelayAfter(attempt, $"{context.InstanceId}/{activity.Name}");
                await context.CreateTimer(delay, CancellationToken.None);
            }
        }
    }
}
