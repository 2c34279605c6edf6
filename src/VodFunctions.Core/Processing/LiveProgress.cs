using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>
/// Pushes how far the encoders are to the uploader, at most once a second per video and machine. Stored nowhere; what
/// cannot be pushed is dropped.
/// </summary>
public sealed class LiveProgress(INotificationChannel channel, TimeProvider time, ILogger<LiveProgress> logger)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<VideoId, long> _lastPush = new();

    /// <summary>A progress that takes fractions from 0 to 1 of one part's work.</summary>
    public IProgress<double> For(UserId owner, VideoId videoId, string part) => new Part(this, owner, videoId, part);

    private bool MayPush(VideoId videoId)
    {
        long now = time.GetTimestamp();
        while (true)
        {
            if (!_lastPush.TryGetValue(videoId, out long last))
            {
                Forget(now);
                if (_lastPush.TryAdd(videoId, now))
                {
                    return true;
                }
            }
            else if (time.GetElapsedTime(last, now) < s_interval)
            {
                return false;
            }
            else if (_lastPush.TryUpdate(videoId, now, last))
            {
                return true;
            }
        }
    }

    private void Forget(long now)
    {
        foreach ((VideoId videoId, long last) in _lastPush)
        {
            if (time.GetElapsedTime(last, now) > TimeSpan.FromMinutes(1))
            {
                _lastPush.TryRemove(videoId, out _);
            }
        }
    }

    private async Task PushAsync(UserId owner, ProgressNotice notice)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), time);
            await channel.SendToUserAsync(owner, notice.ToJson(), limit.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.ProgressDropped(logger, notice.VideoId, exception.GetType().Name);
        }
    }

    private sealed class Part(LiveProgress live, UserId owner, VideoId videoId, string part) : IProgress<double>
    {
        public void Report(double value)
        {
            if (live.MayPush(videoId))
            {
                int percent = (int)Math.Clamp(value * 100, 0, 100);
                _ = live.PushAsync(owner, new ProgressNotice(videoId, JobStep.Transcode, part, percent));
            }
        }
    }
}
