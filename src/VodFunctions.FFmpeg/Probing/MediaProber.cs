using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>
/// Probes with ffprobe in the sandbox: what is declared, then every packet, then the first frames. A file that takes longer
/// than a minute is <see cref="JobErrorCode.TimedOut"/> and no rejection: the machine may be at fault, and a requeue may help.
/// </summary>
/// <param name="runner">Runs ffprobe.</param>
/// <param name="options">Limits and the work folder.</param>
/// <param name="time">Bounds the whole probe.</param>
/// <param name="logger">Logs outcomes.</param>
public sealed class MediaProber(
    IMediaProcessRunner runner, IOptions<VodOptions> options, TimeProvider time, ILogger<MediaProber> logger) : IMediaProber
{
    /// <summary>How many packets are decoded: about half a second, so that a telecine pattern of five pictures shows twice.</summary>
    private const int FramePackets = 12;

    /// <summary>
    /// How many packets of a sound are tried in one place, about a minute: before an edit there are some that are not heard.
    /// </summary>
    private const int SoundPackets = 3000;

    private static readonly TimeSpan s_wallTime = TimeSpan.FromSeconds(60);

    private readonly DecodableCodecs _codecs = new(runner);

    /// <inheritdoc />
    public async Task<ProbeOutcome> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        if (ContainerSniffer.Sniff(await HeadAsync(path, cancellationToken).ConfigureAwait(false)) is not { } demuxer)
        {
            return Refused(new(JobErrorCode.NotAVideo, "Not the bytes of a video container."));
        }

        string workFolder = WorkFolders.RootOf(options.Value.Transcoding);
        WorkFolders.CreatePrivate(workFolder);
        var rules = new ProbeRules(
            options.Value.Limits, await _codecs.GetAsync(workFolder, cancellationToken).ConfigureAwait(false));
        var ffprobe = new Ffprobe(
            runner, Path.GetFullPath(path), demuxer, options.Value.Limits, workFolder, new Deadline(time, s_wallTime));
        return await ProbeAsync(ffprobe, rules, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ProbeOutcome> ProbeAsync(Ffprobe ffprobe, ProbeRules rules, CancellationToken cancellationToken)
    {
        (FfprobeReport? report, JobError? refused) = await ffprobe.ReportAsync(cancellationToken).ConfigureAwait(false);
        if (report is null)
        {
            return Refused(refused!);
        }

        (IReadOnlyList<FfprobeStream> videos, refused) = rules.VideoChoices(report);
        foreach (FfprobeStream video in videos)
        {
            Judgement judgement = await JudgeAsync(ffprobe, rules, report, video, cancellationToken).ConfigureAwait(false);
            if (judgement.Facts is { } facts)
            {
                Log.ProbeAccepted(
                    logger, facts.Demuxer, facts.VideoCodec, facts.ShownSize, facts.FrameRate, facts.DurationSeconds,
                    facts.AudioStream);
                return ProbeOutcome.Accepted(facts);
            }

            refused ??= judgement.Error;
            if (!judgement.AnotherMayServe)
            {
                break;
            }
        }

        return Refused(refused!);
    }

    private static async Task<Judgement> JudgeAsync(
        Ffprobe ffprobe, ProbeRules rules, FfprobeReport report, FfprobeStream video, CancellationToken cancellationToken)
    {
        PacketScan scan = await ffprobe.PacketsAsync(video.Index, rules.IsHopeless, cancellationToken).ConfigureAwait(false);
        double? interval = scan.NaturalIntervalSeconds();
        if (rules.Judge(report, video, ffprobe.Demuxer, scan, ffprobe.IsTorn) is { } error)
        {
            return new(null, error, AnotherMayServe: scan.Pictures <= 1);
        }

        if (rules.JudgeSize(video) is { } tooLarge)
        {
            return new(null, tooLarge, AnotherMayServe: false);
        }

        (FrameScan frames, FfprobeStream? colors, JobError? refused) =
            await FramesAsync(ffprobe, video, scan, cancellationToken).ConfigureAwait(false);
        if (refused is not null)
        {
            return new(null, refused, AnotherMayServe: true);
        }

        FfprobeStream? audio =
            await AudioAsync(ffprobe, rules.AudioChoices(report, scan.Streams), scan, cancellationToken).ConfigureAwait(false);
        colors ??= await ffprobe.ColorsAsync(video.Index, cancellationToken).ConfigureAwait(false);
        SourceFacts facts = frames.WithColors(
            ProbeRules.Facts(ffprobe.Demuxer, video, scan, interval, frames, audio), colors);
        return rules.JudgeLength(facts.DurationSeconds) is { } tooLong
            ? new(null, tooLong, AnotherMayServe: false)
            : new(
                facts with
                {
                    HasOrientationMessages =
                        await ffprobe.HasOrientationMessagesAsync(facts.VideoCodec, cancellationToken).ConfigureAwait(false),
                },
                null, AnotherMayServe: false);
    }

    /// <summary>The first frames, and with them the container's colours where one start of ffprobe gives both.</summary>
    private static async Task<(FrameScan Frames, FfprobeStream? Colors, JobError? Error)> FramesAsync(
        Ffprobe ffprobe, FfprobeStream video, PacketScan scan, CancellationToken cancellationToken)
    {
        if (ffprobe.HasWholeHeader)
        {
            (FrameScan first, FfprobeStream colors) =
                await ffprobe.FramesAndColorsAsync(video.Index, FramePackets, cancellationToken).ConfigureAwait(false);
            if (first.Decoded > 0)
            {
                return (first, colors, null);
            }
        }

        (FrameScan frames, bool tooLarge) =
            await ffprobe.FramesAsync(video.Index, 0, FramePackets, cancellationToken).ConfigureAwait(false);
        if (frames.Decoded == 0 && !tooLarge)
        {
            // Damaged at the start only: a look into the middle.
            (frames, tooLarge) = await ffprobe
                .FramesAsync(video.Index, scan.MiddleSeconds, 10 * FramePackets, cancellationToken).ConfigureAwait(false);
        }

        return (frames, null, frames.Decoded > 0 ? null
            : tooLarge ? new(JobErrorCode.TooManyPixels, "Larger pictures than its header says.")
            : new(JobErrorCode.MalformedVideo, "Not one picture can be decoded."));
    }

    /// <summary>The first that does decode: a file may name a codec and hold noise. None is fine.</summary>
    private static async Task<FfprobeStream?> AudioAsync(
        Ffprobe ffprobe, IReadOnlyList<FfprobeStream> choices, PacketScan scan, CancellationToken cancellationToken)
    {
        foreach (FfprobeStream choice in choices)
        {
            StreamSpan? heard = scan.Spans(choice.Index).Sound;
            double[] places = heard is null ? [0] : [0, heard.First, (heard.First + heard.End) / 2];
            foreach (double seconds in places.Distinct())
            {
                if (await ffprobe.DecodesAsync(choice.Index, seconds, SoundPackets, cancellationToken).ConfigureAwait(false))
                {
                    return choice;
                }
            }
        }

        return null;
    }

    private static async Task<byte[]> HeadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        byte[] head = new byte[ContainerSniffer.HeadBytes];
        int read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return head[..read];
    }

    private ProbeOutcome Refused(JobError error)
    {
        Log.ProbeRefused(logger, error.Code, error.Detail);
        return new(null, error);
    }

    /// <summary>What one video stream is.</summary>
    /// <param name="Facts">None when it is refused.</param>
    /// <param name="Error">Why it is refused.</param>
    /// <param name="AnotherMayServe">Whether the stream is at fault and not the file: a single picture, or noise.</param>
    private sealed record Judgement(SourceFacts? Facts, JobError? Error, bool AnotherMayServe);
}
