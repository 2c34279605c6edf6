namespace VodFunctions.Local.Tests.Hosting;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vod-local-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
