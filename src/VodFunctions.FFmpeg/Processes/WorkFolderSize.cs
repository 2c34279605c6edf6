namespace VodFunctions.FFmpeg.Processes;

/// <summary>Weighs a work folder while a process writes into it and others take files away.</summary>
internal static class WorkFolderSize
{
    private static readonly EnumerationOptions s_all = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Bytes of all files in it, links not followed. What vanishes meanwhile weighs nothing.</summary>
    public static long Measure(string folder)
    {
        long bytes = 0;
        try
        {
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*", s_all))
            {
                try
                {
                    bytes += file.Length;
                }
                catch (FileNotFoundException)
                {
                    // Taken away since it was listed.
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // The folder, or one in it, went away.
        }

        return bytes;
    }
}
