using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Uploads;

/// <summary>Counts the tickets of an owner and a day, strictly: two requests at once never share the last one.</summary>
public interface IUploadQuota
{
    /// <summary>Takes one of <paramref name="limit"/>.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="day">In the site's time zone.</param>
    /// <param name="limit">Tickets a day.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when none is left; then nothing changed.</returns>
    Task<bool> TryTakeAsync(UserId owner, DateOnly day, int limit, CancellationToken cancellationToken);

    /// <summary>How many were taken.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="day">In the site's time zone.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<int> CountAsync(UserId owner, DateOnly day, CancellationToken cancellationToken);

    /// <summary>Removes the counts of all days before one: they tell who was active when. Twice is fine.</summary>
    Task RemoveBeforeAsync(DateOnly day, CancellationToken cancellationToken);
}
