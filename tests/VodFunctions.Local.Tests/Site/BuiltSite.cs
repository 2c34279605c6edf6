using System.IO.Compression;
using System.Text;

namespace VodFunctions.Local.Tests.Site;

/// <summary>What a build of the site leaves, small, in a folder of its own.</summary>
internal sealed class BuiltSite : IDisposable
{
    public const string Page = "<!doctype html><title>The page</title>";
    public const string Precompressed = "/assets/app-1a2b3c4d.js";
    public const string Plain = "/assets/app-5e6f7a8b.css";

    private readonly DirectoryInfo _above = Directory.CreateTempSubdirectory("vod-site-");

    /// <param name="built">Whether the folder holds anything.</param>
    public BuiltSite(bool built = true)
    {
        if (built)
        {
            Build();
        }
    }

    public static string Script { get; } = "// " + new string('s', 4000);

    public static string Style { get; } = "/* " + new string('c', 4000) + " */";

    public string Folder => Path.Combine(_above.FullName, "dist");

    public string[] Settings => ["--Vod:Local:SiteFolder", Folder];

    public void Build()
    {
        Write("index.html", Page);
        Write("favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        Write(".sources", "hidden");
        Write("notes.unknown", "no type");
        Write(Plain[1..], Style);
        Write(Precompressed[1..], Script);
        Compress(Precompressed[1..] + ".br", file => new BrotliStream(file, CompressionLevel.SmallestSize));
        Compress(Precompressed[1..] + ".gz", file => new GZipStream(file, CompressionLevel.SmallestSize));
        File.WriteAllText(Path.Combine(_above.FullName, "secret.txt"), "secret");
    }

    public void Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => _above.Delete(recursive: true);

    private void Compress(string name, Func<Stream, Stream> coding)
    {
        using FileStream file = File.Create(Path.Combine(Folder, name));
        using Stream stream = coding(file);
        stream.Write(Encoding.UTF8.GetBytes(Script));
    }
}
