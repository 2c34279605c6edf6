using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Makes the segments of one track out of what ffmpeg has left in the work folder so far.</summary>
internal interface ITrackPackager : IDisposable
{
    /// <summary>Takes what is whole by now.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="InvalidDataException">It is not what was asked for.</exception>
    Task<bool> TakeAsync(CancellationToken cancellationToken);

    /// <summary>The track, after ffmpeg has ended and all was taken.</summary>
    /// <exception cref="InvalidDataException">Something is missing.</exception>
    MeasuredTrack Finish();
}
