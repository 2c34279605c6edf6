using System.Security.Cryptography;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>Values that do not matter.</summary>
internal static class Some
{
    public static DateTimeOffset Moment { get; } = new(2026, 5, 4, 3, 2, 1, TimeSpan.FromHours(9));

    public static VideoId VideoId() => Core.Videos.VideoId.FromBytes(RandomNumberGenerator.GetBytes(16));

    public static FeedId FeedId() => Core.Feeds.FeedId.FromBytes(RandomNumberGenerator.GetBytes(16));

    public static UserId Owner() => UserId.Parse($"user-{VideoId()}");

    public static JobId Job() => new(VideoId(), 1);

    public static VideoRecord Record(UserId? owner = null, DateTimeOffset? createdAt = null) => new()
    {
        VideoId = VideoId(),
        Owner = owner ?? Owner(),
        CreatedAt = createdAt ?? Moment,
        Upload = new("여행.mp4", "video/mp4", 1234),
    };

    public static FeedEntry Entry(DateTimeOffset submittedAt, string text = "text") => new(
        FeedId(), VideoId(), Owner(), text, submittedAt,
        new PublishedVideo("master.m3u8", "poster.jpg", "storyboard.vtt", 2.5, [new("v240-500k", 426, 240, 500_000)]));

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);
}
