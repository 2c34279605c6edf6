using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Videos;

/// <summary>
/// How a notice stands. <c>PENDING</c> -> <c>SENT</c> -> <c>COMPLETED</c> | <c>FAILED</c>; <c>PENDING</c> -> <c>FAILED</c>
/// (post never submitted); <c>FAILED</c> -> <c>COMPLETED</c> (late acknowledgement); a requeue: back to <c>PENDING</c>.
/// </summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<NotificationStatus>))]
public enum NotificationStatus
{
    /// <summary>Not pushed yet.</summary>
    Pending,

    /// <summary>Pushed at least once, not acknowledged.</summary>
    Sent,

    /// <summary>The client has acknowledged it.</summary>
    Completed,

    /// <summary>Never acknowledged, or the post was never submitted.</summary>
    Failed,
}

/// <summary>The state of telling the uploader. Immutable; it changes through <see cref="VideoTransitions"/> only.</summary>
public sealed record VodProcessingNotification
{
    /// <summary>How it stands.</summary>
    public required NotificationStatus Status { get; init; }

    /// <summary>When both were true, the job ended and the post submitted; none before.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was first pushed.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the client acknowledged it.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }
}
