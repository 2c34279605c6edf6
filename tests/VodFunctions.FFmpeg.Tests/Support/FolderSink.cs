using System.Collections.Concurrent;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Stores in a folder, and remembers the order.</summary>
internal sealed class FolderSink(string folder) : IMediaSink
{
    public ConcurrentQueue<string> Names { get; } = new();

    /// <summary>Called before a file is stored.</summary>
    public Func<string, Task> Before { get; init; } = _ => Task.CompletedTask;

    public async Task PutAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        await Before(path);
        string file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using FileStream target = File.Create(file);
        await content.CopyToAsync(target, cancellationToken);
        Names.Enqueue(path);
    }
}
