using System.Security.Cryptography;
using VodFunctions.Core.Feeds;

namespace VodFunctions.Core.Videos;

/// <summary>Draws ids from the operating system's random source, so that none can be guessed.</summary>
public sealed class CryptoIdGenerator : IIdGenerator
{
    /// <inheritdoc />
    public VideoId NewVideoId() => VideoId.FromBytes(Draw());

    /// <inheritdoc />
    public FeedId NewFeedId() => FeedId.FromBytes(Draw());

#pragma warning disable RS0030 // The one place in Core that draws randomness.
    private static byte[] Draw() => RandomNumberGenerator.GetBytes(RandomId.Bytes);
#pragma warning restore RS0030
}
