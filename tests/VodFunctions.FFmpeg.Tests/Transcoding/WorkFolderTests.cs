using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Transcoding;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

public sealed class WorkFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("vod-work-").FullName;

    [Fact]
    public void What_a_killed_host_left_is_removed_and_nothing_else()
    {
        IOptions<VodOptions> options = Options.Create(new VodOptions { Transcoding = { WorkFolder = _root } });
        var left = WorkFolder.Create(options.Value.Transcoding);
        Directory.CreateDirectory(Path.Combine(left.Output.FullPath, "r0"));
        Directory.CreateDirectory(Path.Combine(_root, "sources"));

        Assert.Equal(1, new WorkFolderLeftovers(options).Remove());

        Assert.Equal([Path.Combine(_root, "sources")], Directory.GetFileSystemEntries(_root));
        left.Dispose();
    }

    [Fact]
    public void A_work_folder_that_was_never_made_has_no_leftovers()
    {
        IOptions<VodOptions> options =
            Options.Create(new VodOptions { Transcoding = { WorkFolder = Path.Combine(_root, "none") } });

        Assert.Equal(0, new WorkFolderLeftovers(options).Remove());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
