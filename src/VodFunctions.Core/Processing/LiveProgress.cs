using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>
/// Pushes how far the encoders are to the uploader: the end of each part always, else at most once a second per video and
/// machine. Stored nowhere; what cannot be pushed is dropped.
/// </summary>
public sealed class LiveProgress(INotificationChannel channel, TimeProvider time, ILogger<LiveProgress> logger)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<VideoId, long> _lastPush = new();

    /// <summary>
    /// A progress that takes fractions from 0 to 1 of one part's work. The first 1 is its end, which nothing holds back:
    /// pages would show the part as unfinished for ever.
    /// </summary>
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

    private void NotePush(VideoId videoId) => _lastPush[videoId] = time.GetTimestamp();

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
        private readonly Lock _lock = new();
        private Task _underWay = Task.CompletedTask;
        private bool _hasEnded;

        public void Report(double value)
        {
            lock (_lock)
            {
                if (_hasEnded)
                {
                    return;
                }

                _hasEnded = value >= 1;
                if (_hasEnded)
                {
                    live.NotePush(videoId);
                    _underWay = PushLastAsync(_underWay);
                }
                else if (_underWay.IsCompleted && live.MayPush(videoId))
                {
                    _underWay = PushAsync((int)Math.Clamp(value * 100, 0, 99));
                }
            }
        }

        // Not beside the push before it: overtaken, that one would take the part back.
        private async Task PushLastAsync(Task before)
        {
            await before;
            await PushAsync(100);
        }

        private Task PushAsync(int percent) =>
            live.PushAsync(owner, new ProgressNotice(videoId, JobStep.Transcode, part, percent));
    }
}
