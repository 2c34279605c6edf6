using VodFunctions.Core.Feeds;
using VodFunctions.Core.Publishing;

namespace VodFunctions.Core.Videos;

/// <summary>
/// Everything that is known of one video: its ticket, its two states, its post and what viewers play. One JSON document,
/// replaced under its ETag. Immutable; it changes through <see cref="VideoTransitions"/> only.
/// </summary>
public sealed record VideoRecord
{
    /// <summary>The video.</summary>
    public required VideoId VideoId { get; init; }

    /// <summary>Who uploads it.</summary>
    public required UserId Owner { get; init; }

    /// <summary>When the upload ticket was issued.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the client declared; none in a tombstone.</summary>
    public DeclaredUpload? Upload { get; init; }

    /// <summary>How often the ticket was renewed.</summary>
    public int Renewals { get; init; }

    /// <summary>The job; none before the stored upload has started it.</summary>
    public VodProcessingJob? Job { get; init; }

    /// <summary>The notice; created together with <see cref="Job"/>.</summary>
    public VodProcessingNotification? Notification { get; init; }

    /// <summary>The post; none before "submit" was pressed.</summary>
    public SubmittedPost? Post { get; init; }

    /// <summary>What viewers play; only when the job is COMPLETED.</summary>
    public PublishedVideo? Published { get; init; }

    /// <summary>Set in a tombstone, which holds nothing else of interest: it blocks upload, start and publish.</summary>
    public Deletion? Deletion { get; init; }

    /// <summary>Whether this is a tombstone.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsDeleted => Deletion is not null;

    /// <summary>
    /// Whether no orchestration is owed any more: deleted, or acknowledged, or given up. A video that was never posted is
    /// owed its removal.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsSettled => IsDeleted || Notification is { Status: NotificationStatus.Completed }
        || (Notification is { Status: NotificationStatus.Failed } && Post is not null);

    /// <summary>Whether anyone may watch it: COMPLETED, posted and not deleted.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPublic => !IsDeleted && Job is { Status: JobStatus.Completed } && Post is not null;
}

/// <summary>What the client said of its file. Never believed: ProbeSource looks at the bytes.</summary>
/// <param name="FileName">For display only, never a path.</param>
/// <param name="ContentType">A MIME type.</param>
/// <param name="SizeBytes">Bytes.</param>
public sealed record DeclaredUpload(string FileName, string ContentType, long SizeBytes);

/// <summary>"Submit" was pressed: the text of the post.</summary>
/// <param name="FeedId">The post.</param>
/// <param name="Text">Plain text.</param>
/// <param name="SubmittedAt">When.</param>
public sealed record SubmittedPost(FeedId FeedId, string Text, DateTimeOffset SubmittedAt)
{
    /// <summary>What its author was called then; null when the token did not say.</summary>
    public string? Author { get; init; }
}

/// <summary>What a tombstone remembers: as much as the sweep needs to find what late activities still wrote.</summary>
/// <param name="At">When.</param>
/// <param name="LastAttempt">Attempts up to this one may have written; 0 when no job was started.</param>
/// <param name="FeedId">The post's.</param>
/// <param name="PostedAt">When the post was submitted.</param>
/// <param name="NoticeDueAt">When the notice fell due.</param>
public sealed record Deletion(
    DateTimeOffset At, int LastAttempt, FeedId? FeedId, DateTimeOffset? PostedAt, DateTimeOffset? NoticeDueAt);
