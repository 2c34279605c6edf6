using System.Collections.Concurrent;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>The due notices of each owner, newest first.</summary>
public sealed class InMemoryNoticeIndex : INoticeIndex
{
    private readonly ConcurrentDictionary<UserId, NewestFirst<JobId>> _byOwner = new();

    /// <summary>All of an owner's, newest first.</summary>
    public IReadOnlyList<JobId> Of(UserId owner) => Index(owner).List(null, int.MaxValue - 1).Items;

    public Task AddAsync(UserId owner, JobId notificationId, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Index(owner).Put(dueAt, notificationId.ToString(), notificationId);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(UserId owner, JobId notificationId, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Index(owner).Remove(dueAt, notificationId.ToString());
        return Task.CompletedTask;
    }

    public Task<Page<JobId>> ListAsync(UserId owner, string? cursor, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Index(owner).List(cursor, limit));
    }

    private NewestFirst<JobId> Index(UserId owner) => _byOwner.GetOrAdd(owner, _ => new NewestFirst<JobId>());
}
