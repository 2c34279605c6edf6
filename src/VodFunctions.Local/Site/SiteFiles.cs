using System.Globalization;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using VodFunctions.Local.Hosting;

namespace VodFunctions.Local.Site;

/// <summary>
/// Finds the file that answers a path. The file provider keeps to its folder: nothing above it, no hidden file. The
/// folder may be made, and made anew, while the host runs.
/// </summary>
internal sealed class SiteFiles(string folder) : IDisposable
{
    private const string Page = "/index.html";
    private const string Assets = "/assets/";

    private static readonly (string Name, string Extension)[] s_codings = [("br", ".br"), ("gzip", ".gz")];
    private readonly FileExtensionContentTypeProvider _types = new();
    private PhysicalFileProvider? _files;

    /// <summary>Whether there is a site at all.</summary>
    public bool AreThere => File.Exists(Path.Combine(folder, "index.html"));

    /// <summary>
    /// The file of a path, compressed where the build has laid a compressed one beside it that the client takes. A path
    /// without an extension is a place in the app, which its one page answers.
    /// </summary>
    /// <returns>Null when there is none.</returns>
    public SiteFile? Find(PathString path, IList<StringWithQualityHeaderValue> accepted)
    {
        string name = path.Value is { } text && Path.HasExtension(text) ? text : Page;
        if (!AreThere || !_types.TryGetContentType(name, out string? contentType))
        {
            return null;
        }

        _files ??= new PhysicalFileProvider(folder);
        foreach ((string coding, string extension) in s_codings)
        {
            if (AcceptedCodings.Include(accepted, coding) && Get(name + extension) is { } compressed)
            {
                return Describe(compressed, coding);
            }
        }

        return Get(name) is { } file ? Describe(file, null) : null;

        SiteFile Describe(IFileInfo found, string? coding) => new(
            found.PhysicalPath!, WithCharset(contentType), coding, CacheControlOf(name), found.LastModified, TagOf(found, coding));
    }

    /// <inheritdoc />
    public void Dispose() => _files?.Dispose();

    private IFileInfo? Get(string name) => _files!.GetFileInfo(name) is { Exists: true, PhysicalPath: not null } file ? file : null;

    // The build writes a hash of the content into the name of every asset. All else keeps its name from build to build.
    private static string CacheControlOf(string name) => name.StartsWith(Assets, StringComparison.Ordinal)
        ? "public, max-age=31536000, immutable"
        : "no-cache";

    // Weak where it may be compressed on its way: then it stands for either coding.
    private static EntityTagHeaderValue TagOf(IFileInfo file, string? coding) => new(
        string.Create(CultureInfo.InvariantCulture, $"\"{file.LastModified.UtcTicks:x}-{file.Length:x}\""), isWeak: coding is null);

    private static string WithCharset(string contentType) =>
        contentType.StartsWith("text/", StringComparison.Ordinal) ? $"{contentType}; charset=utf-8" : contentType;
}
