using Microsoft.Win32.SafeHandles;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>
/// A folder that FFmpeg writes into, and the only way to read what it leaves there. Its input may have taken FFmpeg over, so
/// nothing in the folder is opened by path: the folder is opened before FFmpeg starts, names are looked up in that handle,
/// and a file counts only if it is a regular one. A link would have the host publish any file that the host can read, a FIFO
/// would hold an encoder's slot for ever.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly SafeFileHandle _handle;

    private OutputFolder(string path, SafeFileHandle handle)
    {
        FullPath = path;
        _handle = handle;
    }

    /// <summary>Its path, for FFmpeg.</summary>
    public string FullPath { get; }

    /// <summary>Creates it and keeps it open. To be called before FFmpeg runs in it, or in a folder above it.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static OutputFolder Create(string path)
    {
        Directory.CreateDirectory(path);
        return new(path, PosixFiles.OpenFolder(path));
    }

    /// <summary>Opens a file that FFmpeg made.</summary>
    /// <param name="name">A single name, no path.</param>
    /// <param name="maxBytes">The most that it may hold now.</param>
    /// <returns>Null when there is none of that name.</returns>
    /// <exception cref="InvalidDataException">
    /// It is no regular file (a link, a FIFO, a folder, a device), has a second name, or is too large.
    /// </exception>
    public FileStream? TryOpen(string name, long maxBytes)
    {
        SafeFileHandle? file = PosixFiles.OpenFile(_handle, name, out string? error);
        if (file is null)
        {
            return error is null ? null : throw new InvalidDataException($"{name} cannot be opened: {error}.");
        }

        try
        {
            if (!PosixFiles.IsPlainFile(file))
            {
                throw new InvalidDataException($"{name} is no regular file.");
            }

            long bytes = RandomAccess.GetLength(file);
            return bytes <= maxBytes
                ? new FileStream(file, FileAccess.Read, bufferSize: 0)
                : throw new InvalidDataException($"{name} has {bytes} bytes; {maxBytes} are allowed.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Removes a file; of a link only the link.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Remove(string name) => PosixFiles.Remove(_handle, name);

    public void Dispose() => _handle.Dispose();
}
