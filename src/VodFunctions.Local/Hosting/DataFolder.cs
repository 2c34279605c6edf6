namespace VodFunctions.Local.Hosting;

/// <summary>
/// Where the one-machine host keeps what outlives it: keys, the journal, the storage emulator's files. One host at a
/// time: it is locked until disposed, and the lock goes with the process however that ends.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>Creates the folder (for its owner only) where it is missing, and locks it.</summary>
    /// <exception cref="StartException">It is in use by another host, or cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            CreatePrivate(full);
            return new DataFolder(full, Lock(System.IO.Path.Combine(full, "host.lock")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data folder {path} cannot be written.", e);
        }
    }

    /// <summary>A file of this folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A folder in this folder, created (for its owner only) where it is missing.</summary>
    public string Folder(string name)
    {
        string path = System.IO.Path.Combine(Path, name);
        CreatePrivate(path);
        return path;
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string file)
    {
        // Writable and shared with nobody is an exclusive advisory lock (flock) on Unix.
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (System.IO.File.Exists(file))
        {
            throw new StartException("The data folder is in use by another run; choose another with --data.", e);
        }
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }
}
