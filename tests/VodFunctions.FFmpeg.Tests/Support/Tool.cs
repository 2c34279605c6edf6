using System.Globalization;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Runs ffmpeg and ffprobe as a reader of what was made would.</summary>
internal static class Tool
{
    public static async Task<(MediaProcessResult Result, string Output)> RunAsync(
        MediaTool tool, string folder, params string[] arguments)
    {
        var lines = new List<string>();
        MediaProcessResult result = await new TestProcessRunner().RunAsync(
            new()
            {
                Tool = tool,
                Arguments = arguments,
                WorkFolder = folder,
                WallTime = TimeSpan.FromMinutes(2),
                OnOutputLine = lines.Add,
            },
            CancellationToken.None);
        return (result, string.Join('\n', lines));
    }

    public static async Task<string> FFprobeAsync(string folder, params string[] arguments)
    {
        (MediaProcessResult result, string output) = await RunAsync(
            MediaTool.FFprobe, folder, ["-v", "error", "-protocol_whitelist", "file,concat,subfile", .. arguments]);
        Assert.True(result.Succeeded, result.ErrorTail);
        return output;
    }

    /// <summary>The packets of a file's stream, in the order in which they are stored.</summary>
    public static async Task<Packet[]> PacketsAsync(string folder, string file, string stream)
    {
        string output = await FFprobeAsync(
            folder, "-select_streams", stream, "-show_entries", "packet=pts_time,dts_time,duration_time,flags", "-of",
            "default=nw=1", file);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Chunk(4).Select(lines =>
            {
                var fields = lines.Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
                return new Packet(
                    Seconds(fields["pts_time"]), Seconds(fields["dts_time"]), Seconds(fields["duration_time"]),
                    fields["flags"].StartsWith('K'));
            }),
        ];
    }

    /// <summary>Decodes all of it; any complaint fails.</summary>
    public static async Task DecodesCleanlyAsync(string folder, string file)
    {
        (MediaProcessResult result, _) = await RunAsync(
            MediaTool.FFmpeg, folder, "-v", "error", "-xerror", "-allowed_extensions", "ALL", "-i", file, "-map", "0:v?", "-map", "0:a?", "-f", "null", "-");
        Assert.True(result.Succeeded && result.ErrorTail.Length == 0, result.ErrorTail);
    }

    private static double Seconds(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}

internal sealed record Packet(double Pts, double Dts, double Duration, bool IsKey);
