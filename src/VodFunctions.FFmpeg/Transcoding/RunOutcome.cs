using System.Text.RegularExpressions;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Says what an ended run means for the job.</summary>
internal static partial class RunOutcome
{
    /// <summary>ffmpeg's exit code when more frames than <c>-max_error_rate</c> could not be decoded.</summary>
    private const int TooManyErrors = 69;

    private const int TailLines = 3;
    private const int TailLength = 300;

    /// <summary>Throws unless the run succeeded.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="what">A word for what was made.</param>
    /// <param name="paths">Paths that the message must not name.</param>
    /// <exception cref="MediaToolException">It did not.</exception>
    public static void ThrowIfFailed(MediaProcessResult result, string what, params ReadOnlySpan<string> paths)
    {
        if (result.RefusedPicture)
        {
            // FFmpeg goes on without such pictures; the file is past a limit all the same.
            throw new MediaToolException(JobErrorCode.TooManyPixels, $"ffmpeg ({what}): pictures grow beyond what is allowed.");
        }

        if (result.Succeeded)
        {
            return;
        }

        string tail = Tail(result.ErrorTail, paths);
        throw result.End switch
        {
            MediaProcessEnd.TimedOut => new MediaTimedOutException($"ffmpeg ({what}) was stopped at its wall time."),
            MediaProcessEnd.OutputLimit => new EncodeFailedException($"ffmpeg ({what}) was stopped: it wrote too much."),
            MediaProcessEnd.CpuLimit => new MediaToolException(
                JobErrorCode.TooMuchWork, $"ffmpeg ({what}) was stopped: it used up its processor time."),
            _ when IsDamage(result) =>
                new MediaToolException(JobErrorCode.MalformedVideo, $"ffmpeg ({what}) could not read the source: {tail}"),
            _ => new EncodeFailedException($"ffmpeg ({what}) ended with {result.ExitCode}: {tail}"),
        };
    }

    /// <summary>What ffmpeg left is not what it was told to make.</summary>
    public static EncodeFailedException SomethingElse(InvalidDataException why, double? reached = null) =>
        new("ffmpeg made something else than was asked for: " + why.Message, reached);

    /// <summary>The last lines of standard error in one, without paths and addresses.</summary>
    internal static string Tail(string errors, params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            errors = errors.Replace(path, "(file)", StringComparison.Ordinal);
        }

        string[] lines = [.. errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        string tail = string.Join(" | ", lines.TakeLast(TailLines));
        tail = AbsolutePath().Replace(Address().Replace(tail, ""), "(file)");
        return tail.Length > TailLength ? tail[^TailLength..] : tail;
    }

    // Lines about single packets may be in the tail of a run that failed for another reason: only the opening counts.
    private static bool IsDamage(MediaProcessResult result) => result.ExitCode == TooManyErrors
        || result.ErrorTail.Contains("moov atom not found", StringComparison.Ordinal)
        || OpeningFailed().IsMatch(result.ErrorTail);

    [GeneratedRegex(@" @ 0x[0-9a-f]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w.)])/[^\s:'""\]]+")]
    private static partial Regex AbsolutePath();

    [GeneratedRegex(@"^(\[in#0[^\]]*\] Error opening input: |/[^\n]*: )Invalid data found when processing input", RegexOptions.Multiline)]
    private static partial Regex OpeningFailed();
}
