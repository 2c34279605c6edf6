namespace VodFunctions.Local.Durable;

/// <summary>
/// Keeps a second process off a data folder. The operating system holds the lock, so a killed process leaves none
/// behind.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    /// <summary>The file in the data folder that is locked; it stays there, empty.</summary>
    public const string FileName = "vodfunctions.lock";

    // EWOULDBLOCK on Linux and on macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows.
    private static readonly int[] s_inUse = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Creates the folder when it is not there and locks it.</summary>
    /// <exception cref="DataFolderInUseException">Another process, or another runner of this one, has it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static DataFolderLock Take(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            // Other users of the machine have no business in it.
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            return new DataFolderLock(new FileStream(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (s_inUse.Contains(error.HResult))
        {
            throw new DataFolderInUseException(folder, error);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}

/// <summary>The data folder is in use by another run.</summary>
/// <param name="folder">Which.</param>
/// <param name="inner">What the operating system said.</param>
public sealed class DataFolderInUseException(string folder, Exception? inner = null)
    : Exception($"The data folder {folder} is in use by another run. Stop that one or choose another folder.", inner)
{
    /// <summary>Which folder.</summary>
    public string Folder { get; } = folder;
}
