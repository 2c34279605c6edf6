using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Bench.Bare;
using VodFunctions.Bench.Clips;
using VodFunctions.Bench.Jobs;
using VodFunctions.Bench.Load;
using VodFunctions.Bench.Measuring;
using VodFunctions.Bench.Notices;
using VodFunctions.Bench.Reports;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg;
using VodFunctions.Testing.Azurite;

namespace VodFunctions.Bench;

/// <summary>Whole jobs against bare FFmpeg, turn by turn, then the endpoints under load, then the delay of notices.</summary>
internal sealed class Benchmark(BenchOptions options, TextWriter output)
{
    private readonly ClipMaker _clips = new(Path.Combine(RepositoryRoot.Path, "artifacts", "bench"));
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "vod-bench-" + Guid.NewGuid().ToString("N"));
    private readonly List<JobSeries> _series = [];
    private IReadOnlyList<LoadResult> _load = [];
    private IReadOnlyList<NoticeSeries> _notices = [];

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!ProcStat.IsSupported)
        {
            throw new BenchException("The benchmark reads CPU times from /proc and runs on Linux only.");
        }

        Directory.CreateDirectory(_folder);
        try
        {
            Machine machine = await Machine.LookAsync(options.Runs, cancellationToken);
            output.WriteLine("making clips");
            BenchClip[] clips = [.. await ClipsAsync(cancellationToken)];
            BenchClip tiny = await _clips.GetTinyAsync(cancellationToken);
            foreach (Grouping grouping in new[] { Grouping.SharedDecode, Grouping.PerRendition })
            {
                await MeasureAsync(grouping, clips, tiny, cancellationToken);
            }

            if (options.Notices > 0)
            {
                await MeasureNoticesAsync(cancellationToken);
            }

            string report = MarkdownReport.Build(machine, _series, _load, _notices);
            output.WriteLine();
            output.WriteLine(report);
            if (options.Report is not null)
            {
                await File.WriteAllTextAsync(options.Report, report, cancellationToken);
            }
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<IEnumerable<BenchClip>> ClipsAsync(CancellationToken cancellationToken)
    {
        if (options.Video is { } video)
        {
            return File.Exists(video)
                ? [new(Path.GetFileName(video), Path.GetFullPath(video))]
                : throw new BenchException($"The video {video} is missing.");
        }

        var clips = new List<BenchClip>();
        foreach (int seconds in options.ClipSeconds)
        {
            clips.Add(await _clips.GetAsync(seconds, cancellationToken));
        }

        return clips;
    }

    private async Task MeasureAsync(
        Grouping grouping, IReadOnlyList<BenchClip> clips, BenchClip tiny, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(_folder, grouping.ToString());
        string blobs = Directory.CreateDirectory(Path.Combine(folder, "azurite")).FullName;
        await using AzuriteServer storage = await AzuriteServer.StartAsync(blobs, accounts: 1);
        await using HostProcess host =
            await HostProcess.StartAsync(folder, storage.ConnectionString, grouping, cancellationToken);
        await using Uploader uploader = await Uploader.ConnectAsync(host, storage.ProcessId, cancellationToken);
        string videoId = await WarmUpAsync(uploader, host, tiny, cancellationToken);

        foreach (BenchClip clip in clips)
        {
            (SourceFacts facts, Func<string, IReadOnlyList<string>> bare) = await BareAsync(clip, folder, cancellationToken);
            var pairs = new List<Pair>();
            for (int run = 1; run <= options.Runs; run++)
            {
                Usage alone = await BareRun.MeasureAsync(
                    bare, Path.Combine(folder, "bare"), storage.ProcessId, cancellationToken);
                (videoId, Usage job) = await uploader.MeasureAsync(clip, cancellationToken);
                pairs.Add(new(alone, job));
                Show(grouping, clip, run, pairs[^1]);
            }

            _series.Add(new(clip.Name, facts.DurationSeconds, grouping, pairs));
        }

        if (grouping == Grouping.SharedDecode && options.LoadTime > TimeSpan.Zero)
        {
            output.WriteLine("endpoints under load");
            _load = await new EndpointLoad(host, storage.ProcessId, options.LoadTime).RunAsync(videoId, cancellationToken);
        }
    }

    // A host of its own: after the load the other one is warm as no host is, and its storage full.
    private async Task MeasureNoticesAsync(CancellationToken cancellationToken)
    {
        output.WriteLine("the delay of notices");
        string folder = Path.Combine(_folder, "notices");
        string blobs = Directory.CreateDirectory(Path.Combine(folder, "azurite")).FullName;
        await using AzuriteServer storage = await AzuriteServer.StartAsync(blobs, accounts: 1);
        await using HostProcess host =
            await HostProcess.StartAsync(folder, storage.ConnectionString, Grouping.SharedDecode, cancellationToken);
        BenchClip clip = await _clips.GetTiniestAsync(cancellationToken);
        await using NoticeDelays delays = await NoticeDelays.ConnectAsync(host, clip, cancellationToken);
        _notices = await delays.RunAsync(options.Notices, cancellationToken);
    }

    // Until the host's hot code is compiled: before that it costs a job more than the job itself.
    private async Task<string> WarmUpAsync(
        Uploader uploader, HostProcess host, BenchClip tiny, CancellationToken cancellationToken)
    {
        double start = ProcStat.Read(host.Id).Own.TotalSeconds;
        (_, Usage first) = await uploader.MeasureAsync(tiny, cancellationToken);
        (string videoId, Usage second) = await uploader.MeasureAsync(tiny, cancellationToken);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"the host's own CPU: {start:0.00} s to start, {first.Cpu.Own.TotalSeconds:0.00} s for a first tiny job, "
            + $"{second.Cpu.Own.TotalSeconds:0.00} s for a second"));
        return videoId;
    }

    // The product's own prober and planner say what ladder is made, so that both make the same.
    private static async Task<(SourceFacts Facts, Func<string, IReadOnlyList<string>> Bare)> BareAsync(
        BenchClip clip, string folder, CancellationToken cancellationToken)
    {
        var settings = new VodOptions
        {
            Transcoding = { Grouping = Grouping.SharedDecode, WorkFolder = Path.Combine(folder, "probe") },
        };
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging().AddSingleton(Options.Create(settings)).AddVodFFmpeg().BuildServiceProvider();
        ProbeOutcome probed = await services.GetRequiredService<IMediaProber>().ProbeAsync(clip.Path, cancellationToken);
        SourceFacts facts = probed.Facts ?? throw new BenchException($"{clip.Name} is refused: {probed.Error!.Code}.");
        var policy = JobPolicy.From(settings);
        TranscodePlan plan = TranscodePlan.Create(facts, policy);
        return (facts, target => BareCommand.Build(clip.Path, facts, plan, policy, target));
    }

    private void Show(Grouping grouping, BenchClip clip, int run, Pair pair) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{grouping}, {clip.Name}, {run}: wall {pair.Bare.Wall.TotalSeconds:0.00} and {pair.Job.Wall.TotalSeconds:0.00} s "
        + $"({pair.WallRatio:0.00}), CPU {pair.Bare.Cpu.Total.TotalSeconds:0.00} and {pair.Job.Cpu.Total.TotalSeconds:0.00} s "
        + $"({pair.CpuRatio:0.00}), the host's own {pair.Job.Cpu.Own.TotalSeconds:0.00} s"));
}
