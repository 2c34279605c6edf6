using Microsoft.Extensions.Logging;
using VodFunctions.Core.Health;

namespace VodFunctions.Api.Health;

/// <summary>Something that is missing.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Reason">One sentence.</param>
public sealed record MissingPart(string Name, string Reason);

/// <summary>Something that is good to know of a part that works.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Note">One sentence.</param>
public sealed record PartNote(string Name, string Note);

/// <summary>Asks all checks at once, each for 2 seconds at most, and once a second for all callers together.</summary>
internal sealed class Readiness(
    IEnumerable<IReadinessCheck> checks, TimeProvider time, ILogger<Readiness> logger)
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly IReadinessCheck[] _checks = [.. checks];
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<MissingPart>>? _last;
    private DateTimeOffset _askedAt;

    /// <summary>What is missing; empty when all is well.</summary>
    public Task<IReadOnlyList<MissingPart>> AskAsync(CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<MissingPart>> last;
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_last is null || (_last.IsCompleted && now - _askedAt >= KeptFor))
            {
                _askedAt = now;
                _last = AskAllAsync();
            }

            last = _last;
        }

        // One caller's leaving must not end what others wait for.
        return last.WaitAsync(cancellationToken);
    }

    /// <summary>What the checks had to say beside their last answers.</summary>
    public IReadOnlyList<PartNote> Notes =>
        [.. _checks.Where(check => check.Note is not null).Select(check => new PartNote(check.Name, check.Note!))];

    private async Task<IReadOnlyList<MissingPart>> AskAllAsync()
    {
        string?[] answers = await Task.WhenAll(_checks.Select(AskOneAsync));
        return
        [
            .. _checks.Zip(answers)
                .Where(pair => pair.Second is not null)
                .Select(pair => new MissingPart(pair.First.Name, pair.Second!)),
        ];
    }

    private async Task<string?> AskOneAsync(IReadinessCheck check)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            // Off this thread, as it holds the lock: a check may block before it first waits. And never longer than the
            // limit, even when the check does not watch its token.
            return await Task.Run(() => check.CheckAsync(limit.Token), CancellationToken.None).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return "It did not answer in time.";
        }
#pragma warning disable CA1031 // Whatever a check throws, the answer is the same: it is missing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.ReadinessCheckFailed(exception, check.Name);
            return "It cannot be reached.";
        }
    }
}
