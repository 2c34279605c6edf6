using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Uploads;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Processes;

public sealed class IsolationCheckTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SandboxIsolation.Bubblewrap, IsolationLevel.Full)]
    [InlineData(SandboxIsolation.Confine, IsolationLevel.Full)]
    [InlineData(SandboxIsolation.None, IsolationLevel.None)]
    public async Task The_level_is_what_holds_against_an_attempt(SandboxIsolation isolation, IsolationLevel level)
    {
        var check = new IsolationCheck(new SystemMediaProcessLauncher(TimeProvider.System), _folder.Path);
        SandboxPlan best = await Sandboxes.PlanAsync();
        SandboxPlan plan = best with
        {
            Isolation = isolation,
            Privileges = isolation == SandboxIsolation.None ? SandboxPrivileges.None : best.Privileges,
        };
        if (!await check.RunsAsync(plan, CancellationToken.None))
        {
            return;
        }

        Assert.Equal(level, await check.MeasureAsync(plan, CancellationToken.None));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Another_user_alone_keeps_the_secrets()
    {
        SandboxPlan plan = await Sandboxes.PlanAsync() with { Isolation = SandboxIsolation.None };
        if (plan.Privileges != SandboxPrivileges.Uid)
        {
            return;
        }

        var check = new IsolationCheck(new SystemMediaProcessLauncher(TimeProvider.System), _folder.Path);
        Assert.Equal(IsolationLevel.Secrets, await check.MeasureAsync(plan, CancellationToken.None));
    }

    [Theory]
    [InlineData(IsolationLevel.None, true)]
    [InlineData(IsolationLevel.Secrets, false)]
    [InlineData(IsolationLevel.Full, false)]
    public async Task A_host_does_not_start_below_what_is_required(IsolationLevel required, bool starts)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Moq.Mock.Of<IUploadStore>());
        services.AddSingleton<IMediaProcessLauncher>(new BareLauncher());
        services.AddOptions<VodOptions>().Configure(options =>
        {
            options.Transcoding.WorkFolder = _folder.File("work");
            options.Transcoding.RequireIsolation = required;
        });
        services.AddVodFFmpeg();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IHostedService start = provider.GetServices<IHostedService>().Single(service => service is SandboxStart);

        Exception? failure = await Record.ExceptionAsync(() => start.StartAsync(CancellationToken.None));

        Assert.Equal(starts, failure is null);
        Assert.True(starts || failure is IsolationException { Message: var words } && words.Contains("RequireIsolation", StringComparison.Ordinal));
        Assert.Equal(starts, (await provider.GetRequiredService<MediaTools>().CheckAsync(CancellationToken.None)).Ready);
    }

    /// <summary>A platform on which whatever confines FFmpeg starts and has no effect.</summary>
    private sealed class BareLauncher : IMediaProcessLauncher
    {
        private readonly SystemMediaProcessLauncher _system = new(TimeProvider.System);

        public Task<int> RunAsync(MediaLaunch launch, CancellationToken kill)
        {
            string[] programs = ["/bin/sh", ToolSearch.Find("ffmpeg", null)!, ToolSearch.Find("ffprobe", null)!];
            int program = launch.Arguments.ToList().FindLastIndex(programs.Contains);
            return _system.RunAsync(launch with { Arguments = [.. launch.Arguments.Skip(program)] }, kill);
        }
    }
}
