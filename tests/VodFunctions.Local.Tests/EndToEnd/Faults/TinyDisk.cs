namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>A file system in memory that is soon full. Making one takes root.</summary>
internal sealed class TinyDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vod-disk-");

    private TinyDisk()
    {
    }

    public string Path => _folder.FullName;

    public static async Task<TinyDisk> MountAsync(int megabytes)
    {
        var disk = new TinyDisk();
        await BadFiles.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0700", "tmpfs", disk.Path);
        return disk;
    }

    public Task GrowAsync(int megabytes) => BadFiles.RunAsync("mount", "-o", $"remount,size={megabytes}m", Path);

    public async ValueTask DisposeAsync()
    {
        await BadFiles.RunAsync("umount", "--lazy", Path);
        _folder.Delete();
    }
}
