using System.Diagnostics;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Transcoding;

namespace VodFunctions.FFmpeg.Tests.Transcoding;

public sealed class WorkFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("vod-work-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private IOptions<VodOptions> Settings => Options.Create(new VodOptions { Transcoding = { WorkFolder = _root } });

    private string[] Left => [.. Directory.GetFileSystemEntries(_root).Select(path => Path.GetFileName(path)!)];

    /// <summary>flock(1) takes the lock that .NET takes: another process has the folder, until it is killed.</summary>
    [Fact]
    public async Task What_a_killed_process_left_is_removed_and_what_a_live_one_has_is_not()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, "run-1", "out")).Parent!.FullName;
        Directory.CreateDirectory(Path.Combine(_root, "sources"));
        using Process owner = Process.Start(new ProcessStartInfo(
            "flock", ["--no-fork", "--exclusive", folder + ".owner", "sh", "-c", "echo locked; exec sleep 600"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            Assert.Equal("locked", await owner.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.Equal(0, new WorkFolderLeftovers(Settings).Remove());
            Assert.True(Directory.Exists(folder));
        }
        finally
        {
            owner.Kill(); // SIGKILL.
            await owner.WaitForExitAsync();
        }

        Assert.Equal(1, new WorkFolderLeftovers(Settings).Remove());
        Assert.Equal(["sources"], Left);
    }

    [Fact]
    public void A_folder_in_use_is_left_alone_and_gone_with_its_owner_at_the_end()
    {
        using (WorkFolder used = WorkFolder.Create(Settings.Value.Transcoding))
        {
            Assert.Equal(0, new WorkFolderLeftovers(Settings).Remove());
            Assert.True(Directory.Exists(used.Output.FullPath));
            Assert.Equal(2, Left.Length);
        }

        Assert.Empty(Left);
    }

    [Fact]
    public void Folders_without_an_owner_and_owners_without_a_folder_are_removed()
    {
        Directory.CreateDirectory(Path.Combine(_root, "run-1"));
        File.WriteAllText(Path.Combine(_root, "run-2.owner"), "");

        Assert.Equal(1, new WorkFolderLeftovers(Settings).Remove());

        Assert.Empty(Left);
    }

    [Fact]
    public void A_work_folder_that_was_never_made_has_no_leftovers()
    {
        IOptions<VodOptions> options =
            Options.Create(new VodOptions { Transcoding = { WorkFolder = Path.Combine(_root, "none") } });

        Assert.Equal(0, new WorkFolderLeftovers(options).Remove());
    }
}
