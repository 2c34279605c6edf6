using VodFunctions.Core.Settings;

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
        string path = Path.Combine(Root(options), Prefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path);
        return new(path);
    }

    /// <summary>Where such folders are made.</summary>
    public static string Root(TranscodingOptions options) =>
        Path.GetFullPath(options.WorkFolder ?? Path.Combine(Path.GetTempPath(), "vodfunctions"));

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
