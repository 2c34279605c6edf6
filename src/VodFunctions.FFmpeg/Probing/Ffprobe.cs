using System.Text;
using System.Text.Json;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Orientation;
using VodFunctions.FFmpeg.Probing.FileEnds;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>Asks ffprobe about one file, held to one demuxer and one deadline.</summary>
internal sealed class Ffprobe(
    IMediaProcessRunner runner, string path, string demuxer, SourceLimits limits, string workFolder, Deadline deadline)
{
    /// <summary>Bounds the report's size in characters: 32 streams take a tenth of that.</summary>
    private const int MaxReportLength = 4 * 1024 * 1024;

    private readonly Lazy<bool> _isTorn = new(() => FileEnd.IsTorn(path, demuxer));

    public string Demuxer => demuxer;

    /// <summary>Whether the file was cut off: see <see cref="FileEnd"/>.</summary>
    public bool IsTorn => _isTorn.Value;

    /// <summary>Whether the picture's bitstream says how it is turned: see <see cref="OrientationScan"/>.</summary>
    public async Task<bool> HasOrientationMessagesAsync(string codec, CancellationToken cancellationToken) =>
        OrientationScan.CanHave(codec)
        && await deadline.HoldAsync(token => OrientationScan.AnyAsync(path, codec, demuxer, token), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>What the file declares; or a refusal when it cannot be read.</summary>
    public Task<(FfprobeReport? Report, JobError? Error)> ReportAsync(CancellationToken cancellationToken) =>
        ReportAsync(FfprobeArguments.Report(path, demuxer, limits), cancellationToken);

    /// <summary>Whether the container is one whose header tells a decoder all that it must know.</summary>
    public bool HasWholeHeader => demuxer is "mov" or "matroska";

    /// <summary>Whether containers of this kind can name colours.</summary>
    private bool CanNameColors => demuxer is not ("mpegts" or "mpeg" or "avi" or "asf" or "ogg");

    /// <summary>The stream with the colours that the container names; without any where it names none.</summary>
    public async Task<FfprobeStream> ColorsAsync(int stream, CancellationToken cancellationToken)
    {
        (FfprobeReport? report, _) = CanNameColors
            ? await ReportAsync(FfprobeArguments.Colors(path, demuxer, limits), cancellationToken).ConfigureAwait(false)
            : (null, null);
        return report?.Streams.FirstOrDefault(declared => declared.Index == stream) ?? new() { Index = stream };
    }

    /// <summary>Decodes the first packets of one stream, see <see cref="HasWholeHeader"/>.</summary>
    /// <returns>What was decoded, with the colours that the container names.</returns>
    public async Task<(FrameScan Frames, FfprobeStream Colors)> FramesAndColorsAsync(
        int stream, int packets, CancellationToken cancellationToken)
    {
        var frames = new FrameScan();
        var colors = new FfprobeStream { Index = stream };
        await RunAsync(
            FfprobeArguments.FramesAndColors(path, demuxer, limits, stream, packets),
            line =>
            {
                frames.Add(line);
                colors = FfprobeStream.WithColors(line) ?? colors;
            },
            cancellationToken).ConfigureAwait(false);
        return (frames, colors);
    }

    private async Task<(FfprobeReport? Report, JobError? Error)> ReportAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var json = new StringBuilder();
        try
        {
            MediaProcessResult result =
                await RunAsync(arguments, line => Append(json, line), cancellationToken).ConfigureAwait(false);
            return result.Succeeded ? (FfprobeReport.Parse(json.ToString()), null) : (null, Unreadable(result));
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            return (null, new(JobErrorCode.MalformedVideo, "Its description is too long or makes no sense."));
        }
    }

    /// <summary>Counts its packets, until <paramref name="isHopeless"/>. Damage in the middle is no failure.</summary>
    public async Task<PacketScan> PacketsAsync(
        int videoStream, Func<PacketScan, bool> isHopeless, CancellationToken cancellationToken)
    {
        var scan = new PacketScan(videoStream, demuxer switch
        {
            "mpegts" or "mpeg" => ClockRule.Broadcast,
            "matroska" or "ogg" => ClockRule.Joined,
            _ => ClockRule.Steady,
        });
        try
        {
            await RunAsync(FfprobeArguments.Packets(path, demuxer, limits), Count, cancellationToken).ConfigureAwait(false);
        }
        catch (EnoughException)
        {
            // The judge will say why.
        }

        return scan;

        void Count(string line)
        {
            scan.Add(line);
            if (isHopeless(scan))
            {
                throw new EnoughException();
            }
        }
    }

    /// <summary>Decodes a few packets of one stream.</summary>
    /// <returns>What was decoded, and whether pictures were refused for their size.</returns>
    public async Task<(FrameScan Frames, bool TooLarge)> FramesAsync(
        int stream, double fromSeconds, int packets, CancellationToken cancellationToken)
    {
        var frames = new FrameScan();
        MediaProcessResult result = await RunAsync(
            FfprobeArguments.Frames(path, demuxer, limits, stream, fromSeconds, packets), frames.Add, cancellationToken)
            .ConfigureAwait(false);
        return (frames, IsTooLarge(result));
    }

    /// <summary>Whether any of the next packets of a stream decodes. Stops at the first.</summary>
    public async Task<bool> DecodesAsync(int stream, double fromSeconds, int packets, CancellationToken cancellationToken)
    {
        var frames = new FrameScan();
        try
        {
            await RunAsync(
                FfprobeArguments.Frames(path, demuxer, limits, stream, fromSeconds, packets), Count, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (EnoughException)
        {
            // One is enough.
        }

        return frames.Decoded > 0;

        void Count(string line)
        {
            frames.Add(line);
            if (frames.Decoded > 0)
            {
                throw new EnoughException();
            }
        }
    }

    private async Task<MediaProcessResult> RunAsync(
        IReadOnlyList<string> arguments, Action<string> onLine, CancellationToken cancellationToken)
    {
        var start = new MediaProcessStart
        {
            Tool = MediaTool.FFprobe,
            Arguments = arguments,
            WorkFolder = workFolder,
            WallTime = deadline.Left,
            OnOutputLine = onLine,
        };
        MediaProcessResult result = await runner.RunAsync(start, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            { End: MediaProcessEnd.TimedOut } => throw new MediaTimedOutException("Probing took longer than its limit."),
            // 126, 127: not started. More: died of a signal.
            { ExitCode: 126 or 127 } => throw new MediaToolException(JobErrorCode.Internal, $"ffprobe does not start: {result.ErrorTail}"),
            { ExitCode: > 127 and var code } => throw new EncodeFailedException($"ffprobe died of signal {code - 128}."),
            _ => result,
        };
    }

    private static JobError Unreadable(MediaProcessResult result) =>
        IsTooLarge(result) ? new(JobErrorCode.TooManyPixels, "Larger pictures than allowed.")
        : result.ErrorTail.Contains("max_streams", StringComparison.Ordinal)
            ? new(JobErrorCode.MalformedVideo, "Too many streams.")
        : new(JobErrorCode.MalformedVideo, $"Cannot be read: {LastLine(result.ErrorTail)}");

    // The second sentence is of pictures beyond what any FFmpeg can address.
    private static bool IsTooLarge(MediaProcessResult result) =>
        result.RefusedPicture || result.ErrorTail.Contains("Picture size ", StringComparison.Ordinal);

    private static string LastLine(string text) => text.Split('\n')[^1];

    private static void Append(StringBuilder json, string line)
    {
        if (line.Length >= LinePump.MaxLineLength)
        {
            // The pump cut this line. It holds one tag that no rule reads at that length; the parser allows the comma before it.
            return;
        }

        json.Append(line).Append('\n');
        if (json.Length > MaxReportLength)
        {
            throw new InvalidDataException("The report is too long.");
        }
    }

    private sealed class EnoughException : Exception;
}
