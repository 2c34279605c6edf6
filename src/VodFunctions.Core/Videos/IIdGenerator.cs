using VodFunctions.Core.Feeds;

namespace VodFunctions.Core.Videos;

/// <summary>Draws ids. Injected, so that tests can foresee them; orchestrations never see it.</summary>
public interface IIdGenerator
{
    /// <summary>A new video id.</summary>
    VideoId NewVideoId();

    /// <summary>A new post id.</summary>
    FeedId NewFeedId();
}
