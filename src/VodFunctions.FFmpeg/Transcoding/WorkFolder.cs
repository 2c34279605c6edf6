using VodFunctions.Core.Settings;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>A folder of its own for one activity, removed with all that is in it when the activity ends, however it ends.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>How the names of such folders begin.</summary>
    public const string Prefix = "run-";

    private WorkFolder(string path) => FullPath = path;

    public string FullPath { get; }

    /// <summary>Makes one below <see cref="TranscodingOptions.WorkFolder"/>, by default below the system's temp folder.</summary>
    public static WorkFolder Create(TranscodingOptions options)
    {
        string root = WorkFolders.RootOf(options);
        WorkFolders.CreatePrivate(root);
        string path = Path.Combine(root, Prefix + Guid.NewGuid().ToString("N"));
        WorkFolders.CreatePrivate(path);
        return new(path);
    }

    public string File(params ReadOnlySpan<string> names) => Path.Combine([FullPath, .. names]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Removed by somebody else: what was wanted.
        }
    }
}
