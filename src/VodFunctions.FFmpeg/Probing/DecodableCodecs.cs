using System.Collections.Frozen;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>The codecs that the installed FFmpeg can decode, asked once.</summary>
/// <param name="runner">Runs it.</param>
internal sealed class DecodableCodecs(IMediaProcessRunner runner)
{
    private volatile FrozenSet<string>? _names;

    public async Task<IReadOnlySet<string>> GetAsync(string workFolder, CancellationToken cancellationToken)
    {
        if (_names is { } known)
        {
            return known;
        }

        List<string> lines = [];
        var start = new MediaProcessStart
        {
            Tool = MediaTool.FFprobe,
            Arguments = ["-v", "error", "-hide_banner", "-codecs"],
            WorkFolder = workFolder,
            WallTime = TimeSpan.FromSeconds(60),
            OnOutputLine = lines.Add,
        };
        MediaProcessResult result = await runner.RunAsync(start, cancellationToken).ConfigureAwait(false);
        FrozenSet<string> names = Parse(lines);
        return result.Succeeded && names.Count > 0
            ? _names = names
            : throw new MediaToolException(JobErrorCode.Internal, $"FFmpeg does not list its codecs (code {result.ExitCode}).");
    }

    /// <summary>Lines such as <c> DEV.LS h264   H.264 / AVC ...</c>: a D first says that it can be decoded.</summary>
    internal static FrozenSet<string> Parse(IEnumerable<string> lines) => lines
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is [{ Length: 6 } flags, not "=", ..] && flags[0] == 'D')
        .Select(words => words[1])
        .ToFrozenSet(StringComparer.Ordinal);
}
