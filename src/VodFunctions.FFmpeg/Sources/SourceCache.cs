using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Sources;

/// <summary>
/// Keeps local copies below the work folder. Whole copies survive a restart; a copy that was not used for an hour goes within
/// minutes, so that videos that another machine deleted do not linger. What another host on the same disk reads or fills stays.
/// </summary>
public sealed class SourceCache : ISourceCache, IDisposable
{
    private static readonly TimeSpan s_idle = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(10);

    private readonly IUploadStore _uploads;
    private readonly TimeProvider _time;
    private readonly ILogger<SourceCache> _logger;
    private readonly Lock _lock = new();
    private readonly SourceFolder _folder;
    private readonly Dictionary<string, SourceCopy> _copies = [];
    private readonly long _room;
    private readonly long _maxBytes;
    private readonly ITimer _looking;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _taken;
    private bool _opened;

    /// <summary>Makes it; nothing is read from the disk before the first use or look.</summary>
    /// <param name="uploads">Where the content comes from.</param>
    /// <param name="options">Folder and room.</param>
    /// <param name="time">Ages copies.</param>
    /// <param name="logger">Logs downloads.</param>
    public SourceCache(
        IUploadStore uploads, IOptions<VodOptions> options, TimeProvider time, ILogger<SourceCache> logger)
    {
        (_uploads, _time, _logger) = (uploads, time, logger);
        _folder = new(Path.Combine(WorkFolders.RootOf(options.Value.Transcoding), "sources"));
        _room = options.Value.Transcoding.MaxSourceCacheBytes;
        _maxBytes = options.Value.Uploads.MaxBytes;
        _looking = time.CreateTimer(_ => DropIdle(), null, s_look, s_look);
    }

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">The upload is larger than uploads may be.</exception>
    /// <exception cref="IOException">There is no room on the disk.</exception>
    public async Task<ISourceLease> AcquireAsync(VideoId videoId, string etag, CancellationToken cancellationToken)
    {
        string name = SourceCopy.NameOf(videoId, etag);
        StoredUpload? upload = await _uploads.FindAsync(videoId, cancellationToken).ConfigureAwait(false);
        if (upload is null || upload.ETag != etag)
        {
            Forget(name);
            throw new SourceGoneException(upload is null ? "The upload is gone." : "The upload holds another content.");
        }

        if (upload.SizeBytes > _maxBytes)
        {
            throw new InvalidDataException($"The upload has more than {_maxBytes} bytes.");
        }

        SourceCopy copy = Hold(name, upload);
        try
        {
            await copy.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Lease(this, copy, SourceFolder.Keep(copy.Path));
        }
        catch
        {
            Release(copy);
            throw;
        }
    }

    /// <inheritdoc />
    public void Forget(VideoId videoId)
    {
        lock (_lock)
        {
            if (!OpenIfThere())
            {
                return;
            }

            foreach (SourceCopy copy in _copies.Values.Where(copy => SourceCopy.IsOf(Path.GetFileName(copy.Path), videoId)).ToArray())
            {
                copy.IsForgotten = true;
                RemoveIfForgotten(copy);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _looking.Dispose();

    private SourceCopy Hold(string name, StoredUpload upload)
    {
        lock (_lock)
        {
            Open();
            if (_copies.TryGetValue(name, out SourceCopy? known)
                && (!known.IsWhole || known.Holders > 0 || IsIntact(known, upload.SizeBytes)))
            {
                known.Holders++;
                return known;
            }

            if (known is not null)
            {
                Remove(known);
            }

            var copy = new SourceCopy(_folder.PathOf(name)) { Ready = Task.CompletedTask, Holders = 1 };
            _copies[name] = copy;

            // On the pool: a download that ends at once would otherwise finish inside of this lock.
            copy.Ready = Task.Run(() => DownloadAsync(copy, upload, copy.Abandoned.Token));
            _ = copy.Ready.ContinueWith(
                static download => _ = download.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return copy;
        }
    }

    private async Task DownloadAsync(SourceCopy copy, StoredUpload upload, CancellationToken abandoned)
    {
        try
        {
            await TakeRoomAsync(copy, upload.SizeBytes, abandoned).ConfigureAwait(false);
            long began = _time.GetTimestamp();
            string part = await SourceFolder.FillAsync(
                copy.Path,
                file => _uploads.DownloadAsync(upload.VideoId, upload.ETag, _maxBytes, file, abandoned)).ConfigureAwait(false);
            Finish(copy, part);
            Log.SourceDownloaded(_logger, upload.VideoId, upload.SizeBytes, _time.GetElapsedTime(began).TotalSeconds);
        }
        catch (Exception failure)
        {
            Log.SourceNotDownloaded(_logger, upload.VideoId, failure.GetType().Name);
            lock (_lock)
            {
                Detach(copy);
            }

            throw;
        }
    }

    private void Finish(SourceCopy copy, string part)
    {
        lock (_lock)
        {
            if (copy.IsAbandoned)
            {
                File.Delete(part);
                return;
            }

            File.Move(part, copy.Path, overwrite: true);
            copy.IsWhole = true;
        }
    }

    /// <summary>Waits until the copies in use leave room, and drops those that are not, the longest unused first.</summary>
    private async Task TakeRoomAsync(SourceCopy copy, long bytes, CancellationToken cancellationToken)
    {
        if (bytes > _room)
        {
            throw new IOException($"A source of {bytes} bytes is larger than all local copies may be ({_room} bytes).");
        }

        while (true)
        {
            Task released;
            lock (_lock)
            {
                if (copy.IsAbandoned)
                {
                    throw new OperationCanceledException();
                }

                foreach (SourceCopy unused in Unused())
                {
                    if (_taken + bytes > _room || IsIdle(unused))
                    {
                        Remove(unused);
                    }
                }

                if (_taken + bytes <= _room)
                {
                    copy.SizeBytes = bytes;
                    _taken += bytes;
                    return;
                }

                released = _released.Task;
            }

            await released.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Release(SourceCopy copy)
    {
        bool abandoned;
        lock (_lock)
        {
            copy.Holders--;
            copy.LastUsed = _time.GetUtcNow();
            abandoned = copy is { Holders: 0, IsWhole: false };
            if (abandoned)
            {
                // Nobody waits for it. Who comes next starts anew and does not share this one's end.
                copy.IsAbandoned = true;
                Detach(copy);
            }

            RemoveIfForgotten(copy);
            SignalRelease();
        }

        if (abandoned)
        {
            copy.Abandoned.Cancel();
        }
    }

    private void Forget(string name)
    {
        lock (_lock)
        {
            Open();
            if (_copies.TryGetValue(name, out SourceCopy? copy) && copy is { IsWhole: true, Holders: 0 })
            {
                Remove(copy);
            }
        }
    }

    private void RemoveIfForgotten(SourceCopy copy)
    {
        if (copy is { IsForgotten: true, Holders: 0, IsWhole: true })
        {
            Remove(copy);
        }
    }

    private void DropIdle()
    {
        lock (_lock)
        {
            try
            {
                foreach (SourceCopy unused in OpenIfThere() ? Unused().Where(IsIdle).ToList() : [])
                {
                    Remove(unused);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The next look may succeed; this is a timer's thread.
                Log.CopiesNotDropped(_logger, failure.GetType().Name);
            }
        }
    }

    /// <summary>False where there is no folder, and so nothing to open.</summary>
    private bool OpenIfThere()
    {
        if (_opened || _folder.IsThere)
        {
            Open();
            return true;
        }

        return false;
    }

    private void Open()
    {
        if (_opened)
        {
            return;
        }

        foreach (FileInfo file in _folder.Open())
        {
            _copies[file.Name] = new(file.FullName)
            {
                Ready = Task.CompletedTask,
                IsWhole = true,
                SizeBytes = file.Length,
                LastUsed = file.LastWriteTimeUtc,
            };
            _taken += file.Length;
        }

        _opened = true;
    }

    private List<SourceCopy> Unused() =>
        [.. _copies.Values.Where(copy => copy is { Holders: 0, IsWhole: true }).OrderBy(copy => copy.LastUsed)];

    private bool IsIdle(SourceCopy copy) => _time.GetUtcNow() - copy.LastUsed > s_idle;

    /// <summary>A machine that lost its power may keep a name without all of its content.</summary>
    private static bool IsIntact(SourceCopy copy, long sizeBytes) =>
        new FileInfo(copy.Path) is { Exists: true } file && file.Length == sizeBytes;

    private void Remove(SourceCopy copy)
    {
        SourceFolder.Remove(copy.Path);
        Detach(copy);
    }

    /// <summary>Takes a copy off the books, once; its room is free again.</summary>
    private void Detach(SourceCopy copy)
    {
        string name = Path.GetFileName(copy.Path);
        if (_copies.TryGetValue(name, out SourceCopy? booked) && ReferenceEquals(booked, copy))
        {
            _copies.Remove(name);
        }

        _taken -= copy.SizeBytes;
        copy.SizeBytes = 0;
        SignalRelease();
    }

    private void SignalRelease()
    {
        _released.TrySetResult();
        _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lease(SourceCache cache, SourceCopy copy, FileStream kept) : ISourceLease
    {
        private int _disposed;

        public string Path => copy.Path;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                kept.Dispose();
                cache.Release(copy);
            }

            return ValueTask.CompletedTask;
        }
    }
}
