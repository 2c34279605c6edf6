using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Notifications;

/// <summary>The notices of an owner that are due and not acknowledged, named so that a plain listing is newest first.</summary>
public interface INoticeIndex
{
    /// <summary>Adds a notice. Twice is fine.</summary>
    Task AddAsync(UserId owner, JobId notificationId, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>Removes a notice. Twice is fine.</summary>
    Task RemoveAsync(UserId owner, JobId notificationId, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>A page, newest first.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="cursor">From the page before; null for the first. An unreadable one throws <see cref="FormatException"/>.</param>
    /// <param name="limit">At most that many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Page<JobId>> ListAsync(UserId owner, string? cursor, int limit, CancellationToken cancellationToken);
}
