using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>
/// A folder of its own for one activity, removed with all that is in it when the activity ends, however it ends. FFmpeg
/// writes into <see cref="Output"/> below it; what the host writes stands beside that.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>How the names of such folders begin.</summary>
    public const string Prefix = "run-";

    /// <summary>What the file is called beside the folder that is locked while the folder is in use.</summary>
    public const string OwnerSuffix = ".owner";

    private readonly string _path;
    private readonly FileStream _owner;

    private WorkFolder(string path, FileStream owner)
    {
        (_path, _owner) = (path, owner);
        Output = OutputFolder.Create(Path.Combine(path, "out"));
    }

    /// <summary>FFmpeg's current folder, the only one that it may write.</summary>
    public OutputFolder Output { get; }

    /// <summary>Makes one below <see cref="TranscodingOptions.WorkFolder"/>, by default below the system's temp folder.</summary>
    public static WorkFolder Create(TranscodingOptions options)
    {
        string root = WorkFolders.RootOf(options);
        WorkFolders.CreatePrivate(root);
        string path;
        FileStream? owner;
        do
        {
            path = Path.Combine(root, Prefix + Guid.NewGuid().ToString("N"));
            owner = OwnerLock.TryCreate(path + OwnerSuffix);
        }
        while (owner is null);

        WorkFolders.CreatePrivate(path);
        return new(path, owner);
    }

    /// <summary>Makes a folder in <see cref="Output"/>.</summary>
    public OutputFolder CreateOutput(string name) => OutputFolder.Create(Path.Combine(Output.FullPath, name));

    /// <summary>
    /// An empty file of the host's own, which is removed when it is closed. FFmpeg is not told of it: where it could write, a
    /// link under a foreseeable name would have the host write into any file.
    /// </summary>
    public FileStream CreateFile() => new(
        Path.Combine(_path, Guid.NewGuid().ToString("N")),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 64 * 1024,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });

    /// <summary>The path of a file of the host's own that FFmpeg may read.</summary>
    public string PathOf(string name) => Path.Combine(_path, name);

    public void Dispose()
    {
        Output.Dispose();
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Removed by somebody else: what was wanted.
        }
        finally
        {
            _owner.Dispose();
        }
    }
}
