using System.Buffers.Binary;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>Ids that count up, so that tests can foresee them.</summary>
public sealed class SequentialIds : IIdGenerator
{
    private int _last;

    public VideoId NewVideoId() => VideoId.FromBytes(Next());

    public FeedId NewFeedId() => FeedId.FromBytes(Next());

    private byte[] Next()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), Interlocked.Increment(ref _last));
        return bytes;
    }
}
