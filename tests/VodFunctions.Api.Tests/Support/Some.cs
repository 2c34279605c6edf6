using VodFunctions.Core.Feeds;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api.Tests.Support;

/// <summary>Videos at every stage of their life, owned by <see cref="ApiHost.Owner"/>.</summary>
internal static class Some
{
    public const string SecretDetail = "exit code 187 in the tenth activity";

    public static readonly VideoId Unknown = VideoId.Parse("ffffffffffffffffffffffffffffffff");

    private static readonly DateTimeOffset s_at = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static int s_last;

    public static VideoRecord Ticket()
    {
        byte[] bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref s_last));
        bytes[15] = 0xee;
        return new VideoRecord
        {
            VideoId = VideoId.FromBytes(bytes),
            Owner = ApiHost.Owner,
            CreatedAt = s_at,
            Upload = new DeclaredUpload("clip.mp4", "video/mp4", 1000),
        };
    }

    public static VideoRecord Pending() => Ticket().OpenJob(1, "0x1", s_at);

    public static VideoRecord Completed()
    {
        VideoRecord pending = Pending();
        return pending.CompleteJob(1, Published(pending.VideoId), s_at);
    }

    public static VideoRecord Failed(JobErrorCode code = JobErrorCode.EncodeFailed) =>
        Pending().FailJob(1, new JobError(code, SecretDetail), s_at);

    public static VideoRecord Rejected() => Failed(JobErrorCode.NotAVideo);

    public static VideoRecord Posted(this VideoRecord record, string text = "hello") =>
        record.SubmitPost(new SubmittedPost(FeedId.FromBytes(Convert.FromHexString(record.VideoId.ToString())), text, s_at));

    public static VideoRecord Due(this VideoRecord record) => record.MakeNoticeDue(1, s_at);

    public static VideoRecord Sent(this VideoRecord record) => record.Due().MarkNoticeSent(1, s_at);

    public static PublishedVideo Published(VideoId videoId) => new(
        $"{videoId}/1/master.m3u8", $"{videoId}/1/poster.jpg", $"{videoId}/1/storyboard.vtt", 12.5,
        [new PublishedRendition("v720-4000k", 1280, 720, 4_128_000), new PublishedRendition("v240-500k", 426, 240, 628_000)]);

    public static FeedEntry Entry(VideoRecord record, DateTimeOffset at) => new(
        record.Post!.FeedId, record.VideoId, record.Owner, record.Post.Text, at, record.Published!);
}
