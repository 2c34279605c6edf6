using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>
/// Hands finished files to the sink, a few at a time, while ffmpeg goes on. When the sink is slow, adding waits; when it
/// fails, the next addition or the drain throws what it threw.
/// </summary>
internal sealed class SegmentUploads(IMediaSink sink, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const int MaxParallel = 4;

    private readonly SemaphoreSlim _slots = new(MaxParallel);
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Stores all of a file of the host's own and closes it, whatever happens.</summary>
    public async Task AddFileAsync(string path, FileStream file)
    {
        try
        {
            file.Position = 0;
            await WaitForSlotAsync();
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        _running.Add(PutAsync(path, file));
    }

    /// <summary>Stores a few bytes.</summary>
    public async Task AddBytesAsync(string path, byte[] bytes)
    {
        await WaitForSlotAsync();
        _running.Add(PutAsync(path, new MemoryStream(bytes, writable: false)));
    }

    /// <summary>Waits until all is stored.</summary>
    public async Task DrainAsync()
    {
        await Task.WhenAll(_running);
        _running.Clear();
    }

    /// <summary>Gives up what is not stored yet and waits until nothing is read any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _slots.Dispose();
        _stop.Dispose();
    }

    private async Task WaitForSlotAsync()
    {
        await _slots.WaitAsync(_stop.Token);
        foreach (Task ended in _running.Where(task => task.IsCompleted).ToArray())
        {
            _running.Remove(ended);
            await ended;
        }
    }

    private async Task PutAsync(string path, Stream content)
    {
        try
        {
            await using (content)
            {
                await sink.PutAsync(path, content, _stop.Token);
            }
        }
        finally
        {
            _slots.Release();
        }
    }
}
