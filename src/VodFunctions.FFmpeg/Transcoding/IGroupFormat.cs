namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>What was copied of one group of pictures.</summary>
/// <param name="FrameCount">Pictures.</param>
/// <param name="DurationSeconds">The sum of their durations.</param>
/// <param name="KeyFrameBytes">From the group's begin to the end of its first picture.</param>
internal sealed record GroupMeasure(int FrameCount, double DurationSeconds, long KeyFrameBytes);

/// <summary>How a group's file becomes a part of a segment.</summary>
internal interface IGroupFormat
{
    /// <summary>Whether viewers need an initialization section.</summary>
    bool HasInit { get; }

    /// <summary>RFC 6381; known after the first group.</summary>
    string Codecs { get; }

    /// <summary>The n-th segment's published name.</summary>
    string SegmentName(int segment);

    /// <summary>Writes a group at the end of a segment. Called in order.</summary>
    /// <param name="source">ffmpeg's file, whole.</param>
    /// <param name="group">Its index in the whole video.</param>
    /// <param name="segment">Where to.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">It is damaged, or does not begin at its time or with a keyframe.</exception>
    Task<GroupMeasure> CopyAsync(FileStream source, int group, Stream segment, CancellationToken cancellationToken);

    /// <summary>The initialization section as viewers get it; known after the first group.</summary>
    byte[] Init();
}
