using System.Collections.Concurrent;
using System.Globalization;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>Remembers what was pushed.</summary>
public sealed class RecordingNotificationChannel : INotificationChannel
{
    private readonly ConcurrentQueue<(UserId User, string Json)> _sent = new();

    /// <summary>All messages, in order.</summary>
    public IReadOnlyList<(UserId User, string Json)> Sent => [.. _sent];

    /// <summary>Thrown by the next sends when set.</summary>
    public Exception? Failure { get; set; }

    public Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Failure is not null)
        {
            throw Failure;
        }

        _sent.Enqueue((user, json));
        return Task.CompletedTask;
    }

    public Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string seconds = lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Task.FromResult(new Uri(
            $"wss://notices.test/client/hubs/vod?access_token=secret-{user.ToPathSegment()}-{seconds}"));
    }
}
