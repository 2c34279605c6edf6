using VodFunctions.Core.Transcoding;
using static VodFunctions.FFmpeg.Transcoding.InputArguments;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>The arguments of the run that makes the shared sound, as one ADTS stream that the packager cuts.</summary>
internal static class AudioCommand
{
    /// <summary>The output's name in the work folder.</summary>
    public const string Output = "sound.aac";

    /// <summary>Builds them.</summary>
    /// <param name="work">What to make.</param>
    /// <param name="maxPixels">Of a picture.</param>
    /// <param name="fillStart">See <see cref="SoundFilter.Build"/>.</param>
    public static IReadOnlyList<string> Build(AudioWork work, long maxPixels, bool fillStart = true) =>
    [
        .. Global,
        .. Source(work.SourcePath, work.Facts, maxPixels),
        "-filter_complex", Text($"[0:{work.Facts.AudioStream}]") + SoundFilter.Build(work.Grid, fillStart) + "[a]",
        "-map", "[a]", .. Stripped,
        .. SoundFilter.Encoder(work.Bitrate),
        "-f", "adts", Output,
    ];
}
