using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using VodFunctions.Core.Probing;

namespace VodFunctions.Core.Transcoding;

/// <summary>Makes renditions, sound and stills out of a local file.</summary>
public interface IMediaTranscoder
{
    /// <summary>
    /// Runs one FFmpeg process that makes the given renditions with one decode. Each segment is handed to
    /// <paramref name="sink"/> as soon as it is whole, while FFmpeg goes on.
    /// </summary>
    /// <returns>A track a rendition, in the order asked for.</returns>
    /// <exception cref="MediaToolException">FFmpeg failed, or made something else than was asked for.</exception>
    Task<IReadOnlyList<MeasuredTrack>> TranscodeVideoAsync(
        VideoWork work, IMediaSink sink, IProgress<double> progress, CancellationToken cancellationToken);

    /// <summary>Makes the shared sound rendition (CMAF only), as long as the picture.</summary>
    /// <inheritdoc cref="TranscodeVideoAsync"/>
    Task<MeasuredTrack> TranscodeAudioAsync(
        AudioWork work, IMediaSink sink, IProgress<double> progress, CancellationToken cancellationToken);

    /// <summary>Makes <c>poster.jpg</c>, <c>storyboard.jpg</c> and <c>storyboard.vtt</c>, as far as FFmpeg can.</summary>
    /// <returns>What was made: a video plays without either.</returns>
    /// <exception cref="MediaToolException">The tool itself failed; worth a retry.</exception>
    Task<MadeStills> MakeStillsAsync(StillsWork work, IMediaSink sink, CancellationToken cancellationToken);
}

/// <summary>Where finished files go. Paths are relative to the attempt: <c>v720-4000k/seg_00000.m4s</c>.</summary>
public interface IMediaSink
{
    /// <summary>Stores a file, whole or not at all. Waits when too many are under way.</summary>
    Task PutAsync(string path, Stream content, CancellationToken cancellationToken);
}

/// <summary>What one process is to make of the picture.</summary>
/// <param name="SourcePath">A local file.</param>
/// <param name="Facts">What ProbeSource found.</param>
/// <param name="Grid">Frames, groups and segments.</param>
/// <param name="Renditions">One or more, largest first.</param>
/// <param name="Packaging">The segment format.</param>
/// <param name="AudioBitrate">For the sound that MPEG-TS muxes in; not used for CMAF.</param>
public sealed record VideoWork(
    string SourcePath, SourceFacts Facts, TimeGrid Grid, IReadOnlyList<Rendition> Renditions, Packaging Packaging,
    Bitrate AudioBitrate);

/// <summary>What one process is to make of the sound.</summary>
/// <param name="SourcePath">A local file.</param>
/// <param name="Facts">What ProbeSource found; it has a sound stream.</param>
/// <param name="Grid">The picture's: the sound has the same length and the same segments.</param>
/// <param name="Bitrate">AAC-LC stereo at that rate.</param>
public sealed record AudioWork(string SourcePath, SourceFacts Facts, TimeGrid Grid, Bitrate Bitrate)
{
    /// <summary>The folder's name, for example <c>a128k</c>.</summary>
    public string Name => NameOf(Bitrate);

    /// <summary>The folder's name at a bitrate.</summary>
    public static string NameOf(Bitrate bitrate) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a{bitrate.Kilobits}k");
}

/// <summary>Which stills a video has.</summary>
/// <param name="Poster">Whether there is a poster.</param>
/// <param name="Storyboard">Whether there is a storyboard: sheet and cues.</param>
public sealed record MadeStills(bool Poster, bool Storyboard)
{
    /// <summary>None.</summary>
    public static MadeStills None { get; } = new(false, false);

    /// <summary>Both.</summary>
    public static MadeStills Both { get; } = new(true, true);
}

/// <summary>What the stills are made of.</summary>
/// <param name="SourcePath">A local file.</param>
/// <param name="Facts">What ProbeSource found.</param>
/// <param name="Grid">The picture's.</param>
/// <param name="PosterSize">The poster's size: that of the largest rendition.</param>
public sealed record StillsWork(string SourcePath, SourceFacts Facts, TimeGrid Grid, PixelSize PosterSize);
