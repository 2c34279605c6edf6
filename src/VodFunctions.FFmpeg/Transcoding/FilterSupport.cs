using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>What the installed ffmpeg can do. Asked once, and only when a source needs it.</summary>
internal sealed class FilterSupport(IMediaProcessRunner runner, IOptions<VodOptions> options)
{
    private static readonly TimeSpan s_wallTime = TimeSpan.FromSeconds(30);

    private volatile Tuple<bool>? _hasZscale;

    /// <summary>Whether colours can be converted and HDR mapped to SDR: zscale (libzimg) and tonemap are there.</summary>
    public async Task<bool> HasZscaleAsync(CancellationToken cancellationToken)
    {
        if (_hasZscale is { } known)
        {
            return known.Item1;
        }

        using var folder = WorkFolder.Create(options.Value.Transcoding);
        var names = new HashSet<string>(StringComparer.Ordinal);
        MediaProcessResult result = await runner.RunAsync(
            new()
            {
                Tool = MediaTool.FFmpeg,
                Arguments = ["-hide_banner", "-filters"],
                WorkFolder = folder.Output.FullPath,
                WallTime = s_wallTime,
                // " TS. bwdif   V->V   Deinterlace the input image."
                OnOutputLine = line => names.Add(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) ?? ""),
            },
            cancellationToken);
        RunOutcome.ThrowIfFailed(result, "filters");
        _hasZscale = new(names.Contains("zscale") && names.Contains("tonemap"));
        return _hasZscale.Item1;
    }
}
