namespace VodFunctions.FFmpeg.Processes;

/// <summary>
/// A file that says that a live process owns what stands beside it: locked exclusively (<c>flock</c>) until it is closed. The
/// kernel opens the lock when the process is killed, so that another can tell what is left over. Its own processes do not
/// inherit it.
/// </summary>
internal static class OwnerLock
{
    /// <summary>Makes the file, which is removed when it is closed; null when somebody else was there meanwhile.</summary>
    public static FileStream? TryCreate(string path)
    {
        FileStream? file = TryOpen(path, FileMode.CreateNew);

        // Somebody who tidies up may have taken and removed it between its making and its lock.
        if (file is not null && !File.Exists(path))
        {
            file.Dispose();
            return null;
        }

        return file;
    }

    /// <summary>Takes over what a dead process left; null while its owner lives. Closing it removes the file.</summary>
    public static FileStream? TryTakeOver(string path) => TryOpen(path, FileMode.OpenOrCreate);

    private static FileStream? TryOpen(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = mode,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (IOException)
        {
            return null;
        }
    }
}
