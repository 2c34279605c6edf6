using VodFunctions.Core.Settings;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>A folder of its own for one activity, removed with all that is in it when the activity ends, however it ends.</summary>
internal sealed class WorkFolder : IDisposable
{
    private WorkFolder(string path) => FullPath = path;

    public string FullPath { get; }

    /// <summary>Makes one below <see cref="TranscodingOptions.WorkFolder"/>, by default below the system's temp folder.</summary>
    public static WorkFolder Create(TranscodingOptions options)
    {
        string root = options.WorkFolder ?? Path.Combine(Path.GetTempPath(), "vodfunctions");
        string path = Path.Combine(Path.GetFullPath(root), "run-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path);
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
