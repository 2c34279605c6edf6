using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Probing;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Probing;

/// <summary>How often ffprobe is started: to start it costs more than most of what it is asked.</summary>
public sealed class ProbeStartsTests(Clips clips) : IClassFixture<Clips>
{
    [Theory]
    [InlineData("starts.mp4", "mov")]
    [InlineData("starts.mkv", "matroska")]
    [InlineData("starts.ts", "mpegts")]
    public async Task For_the_report_the_packets_the_frames_and_the_sound_once_each(string name, string demuxer)
    {
        string clip = await clips.Make(name, $"{Clips.Picture} {Clips.Sound} {Clips.H264} -c:a aac");
        var runner = new CountingRunner(await Sandboxes.FFmpegAsync());
        var prober = new MediaProber(
            runner, Options.Create(new VodOptions()), TimeProvider.System, NullLogger<MediaProber>.Instance);

        await prober.ProbeAsync(clip, CancellationToken.None);
        int withCodecs = runner.Starts;
        ProbeOutcome outcome = await prober.ProbeAsync(clip, CancellationToken.None);

        Assert.Equal(demuxer, outcome.Facts?.Demuxer);
        Assert.Equal((5, 4), (withCodecs, runner.Starts - withCodecs));
    }

    private sealed class CountingRunner(IMediaProcessRunner inner) : IMediaProcessRunner
    {
        public int Starts { get; private set; }

        public Task<MediaProcessResult> RunAsync(MediaProcessStart start, CancellationToken cancellationToken)
        {
            Starts++;
            return inner.RunAsync(start, cancellationToken);
        }
    }
}
