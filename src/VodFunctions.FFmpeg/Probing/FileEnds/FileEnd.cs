namespace VodFunctions.FFmpeg.Probing.FileEnds;

/// <summary>
/// Tells whether a file was cut off: whether the structure of its container points at bytes that the file does not have. A
/// duration in a header is no such evidence, because writers get it wrong (a browser's wall clock, a copied track).
/// </summary>
internal static class FileEnd
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>
    /// Reads the structure, not the media. Only of containers whose writers know the sizes when they finish the file:
    /// transport and program streams are made to be cut.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="demuxer">FFmpeg's name of its container.</param>
    public static bool IsTorn(string path, string demuxer)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        try
        {
            return demuxer switch
            {
                "mov" => IsoMediaEnd.IsTorn(file),
                "matroska" => MatroskaEnd.IsTorn(file),
                "avi" => AviEnd.IsTorn(file),
                _ => false,
            };
        }
        catch (InvalidDataException)
        {
            // The structure makes no sense, which is no evidence of a missing end. ffprobe says whether it can be read.
            return false;
        }
    }

    /// <summary>Fills the buffer from a position; false at the end of the file.</summary>
    public static bool TryRead(Stream file, long position, Span<byte> buffer)
    {
        file.Position = position;
        return file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
    }
}
