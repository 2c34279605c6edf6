using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Uploads;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Processes;

public sealed class MediaToolsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_installed_FFmpeg_is_found_and_described()
    {
        await using ServiceProvider services = Services(_ => { });
        MediaToolsStatus status = await services.GetRequiredService<MediaTools>().CheckAsync(CancellationToken.None);

        Assert.True(status.Ready, status.Message);
        Assert.Matches(@"^n?\d", status.FFmpegVersion!);
        Assert.Equal(status.FFmpegVersion, status.FFprobeVersion);
        Assert.Contains("isolation is", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_FFmpeg_is_said_in_one_sentence_and_found_once_it_is_there()
    {
        await using ServiceProvider services = Services(options => options.Transcoding.FFmpegFolder = _folder.Path);
        var tools = services.GetRequiredService<MediaTools>();
        MediaToolsStatus missing = await tools.CheckAsync(CancellationToken.None);

        Assert.False(missing.Ready);
        Assert.StartsWith("FFmpeg is missing: ", missing.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', missing.Message);

        foreach (string name in new[] { "ffmpeg", "ffprobe" })
        {
            _folder.Write(name, $"#!/bin/sh\necho {name} version 99.1 Copyright\n");
            File.SetUnixFileMode(_folder.File(name), (UnixFileMode)0b111_101_101);
        }

        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        MediaToolsStatus found = await tools.CheckAsync(CancellationToken.None);
        Assert.True(found.Ready, found.Message);
        Assert.Equal("99.1", found.FFmpegVersion);
    }

    [Fact]
    public void Only_executable_files_in_whole_paths_are_programs()
    {
        _folder.Write("ffmpeg", "");
        Assert.Null(ToolSearch.Find("ffmpeg", _folder.Path));

        File.SetUnixFileMode(_folder.File("ffmpeg"), (UnixFileMode)0b111_101_101);
        Assert.Equal(_folder.File("ffmpeg"), ToolSearch.Find("ffmpeg", $"relative::{_folder.Path}", File.Exists));
    }

    [Fact]
    public void The_wrapper_gets_its_executable_bit_back()
    {
        string shipped = Directory.CreateDirectory(_folder.File("sandbox")).FullName;
        foreach (string name in new[] { "ffmpeg", "ffprobe" })
        {
            File.WriteAllText(Path.Combine(shipped, name), "#!/bin/sh\n");
        }

        Assert.Equal(shipped, WrapperFolder.Prepare(shipped, _folder.Path));
        Assert.All(Directory.GetFiles(shipped), path => Assert.True((File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0));
    }

    [Fact]
    public void A_work_folder_that_others_may_write_is_not_used()
    {
        string open = Directory.CreateDirectory(_folder.File("open")).FullName;
        File.SetUnixFileMode(open, (UnixFileMode)0b111_111_111);

        Assert.Throws<IOException>(() => WorkFolders.CreatePrivate(open));
    }

    [Fact]
    public async Task Everything_of_this_project_resolves()
    {
        await using ServiceProvider services = Services(_ => { });

        Assert.NotNull(services.GetRequiredService<IMediaProber>());
        Assert.NotNull(services.GetRequiredService<ISourceCache>());
        Assert.IsType<MediaProcessRunner>(services.GetRequiredService<IMediaProcessRunner>());
    }

    private ServiceProvider Services(Action<VodOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Moq.Mock.Of<IUploadStore>());
        services.AddOptions<VodOptions>().Configure(options => options.Transcoding.WorkFolder = _folder.File("work")).Configure(configure);
        services.AddVodFFmpeg();
        return services.BuildServiceProvider();
    }
}
