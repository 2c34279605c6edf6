using System.Text.RegularExpressions;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Sources;

/// <summary>The folder of one host's copies: whole ones under their final names, others as <c>.part</c>.</summary>
/// <param name="path">Its path.</param>
internal sealed partial class SourceFolder(string path)
{
    private const string Part = ".part";

    public bool IsThere => Directory.Exists(path);

    public string PathOf(string name) => System.IO.Path.Combine(path, name);

    /// <summary>
    /// Whole copies of an earlier run, the longest unused first. What a process that is gone left unfinished is removed; a part
    /// that another host on the same disk is filling stays.
    /// </summary>
    public IReadOnlyList<FileInfo> Open()
    {
        WorkFolders.CreatePrivate(path);
        List<FileInfo> whole = [];
        foreach (FileInfo file in new DirectoryInfo(path).EnumerateFiles())
        {
            if (file.Name.EndsWith(Part, StringComparison.Ordinal))
            {
                OwnerLock.TryTakeOver(file.FullName)?.Dispose();
            }
            else if (CopyName().IsMatch(file.Name))
            {
                whole.Add(file);
            }
        }

        return [.. whole.OrderBy(file => file.LastWriteTimeUtc)];
    }

    /// <summary>Fills a file under another name than its final one. Whatever goes wrong, nothing stays.</summary>
    /// <returns>That file's path.</returns>
    public static async Task<string> FillAsync(string finalPath, Func<Stream, Task> fill)
    {
        string part = $"{finalPath}.{System.IO.Path.GetRandomFileName()}{Part}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            await using (var file = new FileStream(part, options))
            {
                await fill(file).ConfigureAwait(false);
            }

            return part;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Keeps a copy while it is read: no host removes it meanwhile.</summary>
    public static FileStream Keep(string copy) => new(copy, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Removes a copy, unless another host on the same disk reads it.</summary>
    public static void Remove(string copy)
    {
        if (File.Exists(copy))
        {
            OwnerLock.TryTakeOver(copy)?.Dispose();
        }
    }

    [GeneratedRegex("^[0-9a-f]{32}-[0-9a-f]{32}$", RegexOptions.CultureInvariant)]
    private static partial Regex CopyName();
}
