using VodFunctions.Core.Probing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

/// <summary>A file has taken FFmpeg over: what it leaves in the work folder must not lead the host anywhere else.</summary>
public sealed class HostileOutputTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("ln -s SECRET poster.jpg")]
    [InlineData("ln SECRET poster.jpg")]
    [InlineData("ln -s . poster.jpg")]
    [InlineData("mkfifo poster.jpg")]
    [InlineData("mkdir poster.jpg")]
    [InlineData("mknod poster.jpg c 1 5")]
    [InlineData("truncate -s 900M poster.jpg")]
    [InlineData("echo made >poster.jpg; ln -s SECRET storyboard.jpg")]
    [InlineData("echo made >poster.jpg; mkfifo storyboard.jpg")]
    public async Task No_still_but_a_regular_file_is_published(string script) => await RefusedAsync(
        script + "; exit 0",
        async job =>
        {
            MadeStills made = await job.Transcoder.MakeStillsAsync(
                new(job.Clip.Path, job.Clip.Facts, job.Grid, new(160, 90)), job.Sink, CancellationToken.None);

            // One that was made is published without the other.
            Assert.Equal(new MadeStills(Poster: true, Storyboard: false), made);
            Assert.Equal(["poster.jpg"], job.Sink.Names);
            throw new EncodeFailedException("The storyboard was refused.");
        });

    [Theory]
    [InlineData("ln -s SECRET r0/init.mp4; echo x >r0/g000000.m4s")]
    [InlineData("mkfifo r0/init.mp4; echo x >r0/g000000.m4s")]
    [InlineData("ln -s SECRET r0/g000000.m4s")]
    [InlineData("mkfifo r0/g000000.m4s")]
    [InlineData("mkdir r0/g000000.m4s")]
    [InlineData("truncate -s 900M r0/g000000.m4s")]
    [InlineData("mv r0 r1; cp SECRET VICTIMS/init.mp4; cp SECRET VICTIMS/g000000.m4s; ln -s VICTIMS r0")]
    public async Task No_group_but_a_regular_file_of_its_own_folder_is_read(string script) =>
        await RefusedAsync(script + "; exit 0", job => job.VideoAsync([Job.Rendition("160x90")]));

    [Theory]
    [InlineData("ln -s SECRET r0/g000000.ts")]
    [InlineData("mkfifo r0/g000000.ts")]
    public async Task So_it_is_with_transport_streams(string script) =>
        await RefusedAsync(script + "; exit 0", job => job.VideoAsync([Job.Rendition("160x90")]), Packaging.MpegTs);

    [Theory]
    [InlineData("ln -s SECRET sound.aac")]
    [InlineData("mkfifo sound.aac")]
    [InlineData("ln -s /dev/zero sound.aac")]
    public async Task So_it_is_with_sound(string script) => await RefusedAsync(
        script + "; exit 0",
        job => job.Transcoder.TranscodeAudioAsync(
            new(job.Clip.Path, job.Clip.Facts, job.Grid, job.AudioBitrate), job.Sink, new Progress<double>(),
            CancellationToken.None));

    [Fact]
    public async Task The_host_writes_through_no_link_and_removes_nothing_behind_one()
    {
        using var impostor = new Impostor(
            """
            echo precious >VICTIMS/file
            for name in seg_00000.m4s seg_00001.m4s; do ln -s VICTIMS/file r0/$name; done
            ffmpeg "$@"
            """);
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 3, sound: false);
        // No question to the impostor about its filters.
        clip.Facts = clip.Facts with { ColorMatrix = "bt709" };
        using var job = new Job(clip, runner: impostor.Runner(await UnprotectedAsync()));

        await job.VideoAsync([Job.Rendition("160x90")]).WaitAsync(s_limit);

        Assert.Contains("v90-500k/seg_00000.m4s", job.Sink.Names);
        Assert.Equal("precious\n", await File.ReadAllTextAsync(Path.Combine(impostor.Victims, "file")));
        Assert.Empty(Directory.GetFileSystemEntries(job.WorkFolder));
    }

    private static async Task RefusedAsync(string script, Func<Job, Task> attack, Packaging packaging = Packaging.Cmaf)
    {
        using var impostor = new Impostor(script);
        using Clip clip = await Clip.SimpleAsync("160x90", "25/1", 1);
        clip.Facts = clip.Facts with { ColorMatrix = "bt709" };
        using var job = new Job(clip, runner: impostor.Runner(await UnprotectedAsync())) { Packaging = packaging };

        EncodeFailedException refused =
            await Assert.ThrowsAsync<EncodeFailedException>(() => attack(job).WaitAsync(s_limit));

        Assert.DoesNotContain(impostor.Secret, refused.Message);
        Assert.DoesNotContain(
            Directory.Exists(job.Output) ? Directory.GetFiles(job.Output, "*", SearchOption.AllDirectories) : [],
            file => File.ReadAllText(file).Contains("secret", StringComparison.Ordinal));
        Assert.Equal("a secret of the host", await File.ReadAllTextAsync(impostor.Secret));
        Assert.Empty(Directory.GetFileSystemEntries(job.WorkFolder));
    }

    // The weakest sandbox that a machine may have: what holds here does not depend on it.
    private static async Task<SandboxPlan> UnprotectedAsync() => await Sandboxes.PlanAsync() with
    {
        Isolation = SandboxIsolation.None,
        Privileges = SandboxPrivileges.None,
    };
}
