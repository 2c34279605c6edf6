using System.Collections.Concurrent;
using VodFunctions.BlobStorage.Listing;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Videos;
using ETag = Azure.ETag;

namespace VodFunctions.BlobStorage.Feeds;

/// <summary>
/// What this process remembers of the feed, which anyone may ask for at any rate: pages for as long as their answers may be
/// cached, and entries under the ETag that the listing names, so that a page that has changed costs its listing and what is
/// new. Both are bounded; a stranger's many cursors only empty them.
/// </summary>
internal sealed class FeedMemory(TimeProvider time)
{
    /// <summary>As long as <c>Cache-Control</c> lets others keep an answer.</summary>
    internal static readonly TimeSpan PageLifetime = TimeSpan.FromSeconds(5);

    private const int MaxPages = 64;
    private const int MaxEntries = 1000;

    private static readonly TimeSpan s_readLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string? Cursor, int Limit), KeptPage> _pages = [];
    private readonly ConcurrentDictionary<string, KeptEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>A page, read once for all who ask for it within its lifetime. A caller that leaves ends no reading.</summary>
    public Task<Page<FeedEntry>> PageAsync(
        string? cursor, int limit, Func<CancellationToken, Task<Page<FeedEntry>>> read, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_pages.TryGetValue((cursor, limit), out KeptPage? page)
                || page.Reading.IsFaulted || page.Reading.IsCanceled || time.GetElapsedTime(page.BegunAt) >= PageLifetime)
            {
                if (_pages.Count >= MaxPages)
                {
                    _pages.Clear();
                }

                page = new(Task.Run(() => ReadAsync(read), CancellationToken.None), time.GetTimestamp());
                _pages[(cursor, limit)] = page;
            }

            return page.Reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>An entry, read only if it is not known as it stands now.</summary>
    public async Task<FeedEntry?> EntryAsync(IndexEntry listed, Func<Task<FeedEntry?>> read)
    {
        if (listed.ETag is not { } etag)
        {
            return await read();
        }

        if (_entries.TryGetValue(listed.Name, out KeptEntry? known) && known.ETag == etag)
        {
            return known.Entry;
        }

        FeedEntry? entry = await read();
        if (entry is not null)
        {
            if (_entries.Count >= MaxEntries)
            {
                _entries.Clear();
            }

            _entries[listed.Name] = new(etag, entry);
        }

        return entry;
    }

    /// <summary>This process has changed the feed: it sees that at once, others within a page's lifetime.</summary>
    public void ForgetPages()
    {
        lock (_lock)
        {
            _pages.Clear();
        }
    }

    private async Task<Page<FeedEntry>> ReadAsync(Func<CancellationToken, Task<Page<FeedEntry>>> read)
    {
        using var limit = new CancellationTokenSource(s_readLimit, time);
        return await read(limit.Token);
    }

    private sealed record KeptPage(Task<Page<FeedEntry>> Reading, long BegunAt);

    private sealed record KeptEntry(ETag ETag, FeedEntry Entry);
}
