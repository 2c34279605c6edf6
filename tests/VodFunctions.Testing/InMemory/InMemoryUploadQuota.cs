using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>Counts tickets, strictly.</summary>
public sealed class InMemoryUploadQuota : IUploadQuota
{
    private readonly Dictionary<(UserId, DateOnly), int> _taken = [];
    private readonly Lock _lock = new();

    /// <summary>How many were taken on a day.</summary>
    public int TakenBy(UserId owner, DateOnly day)
    {
        lock (_lock)
        {
            return _taken.GetValueOrDefault((owner, day));
        }
    }

    public Task<bool> TryTakeAsync(UserId owner, DateOnly day, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            int taken = _taken.GetValueOrDefault((owner, day));
            if (taken < limit)
            {
                _taken[(owner, day)] = taken + 1;
            }

            return Task.FromResult(taken < limit);
        }
    }

    public Task<int> CountAsync(UserId owner, DateOnly day, CancellationToken cancellationToken) =>
        Task.FromResult(TakenBy(owner, day));

    public Task RemoveBeforeAsync(DateOnly day, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach ((UserId, DateOnly) key in _taken.Keys.Where(key => key.Item2 < day).ToArray())
            {
                _taken.Remove(key);
            }
        }

        return Task.CompletedTask;
    }
}
