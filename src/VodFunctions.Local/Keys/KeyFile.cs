namespace VodFunctions.Local.Keys;

/// <summary>A secret that is made once per data folder and kept in a file that only its owner can read.</summary>
public static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the secret, or makes and stores one. The caller holds the data folder's lock.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Makes a new secret, as text.</param>
    public static string LoadOrCreate(string path, Func<string> create)
    {
        if (!File.Exists(path))
        {
            Write(path, create());
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        return File.ReadAllText(path).Trim();
    }

    private static void Write(string path, string secret)
    {
        // Whole or not at all: a key file cut short by a full disk must not be taken for a key at the next start.
        string temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.WriteLine(secret);
        }

        File.Move(temporary, path);
    }
}
