using System.Collections.Concurrent;
using VodFunctions.Core.Json;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>Records as JSON text under a version that stands for the ETag, replaced only when it has not changed.</summary>
public sealed class InMemoryVideoRecords : IVideoRecords
{
    private readonly ConcurrentDictionary<VideoId, Document> _documents = new();
    private readonly ConcurrentDictionary<UserId, NewestFirst<VideoId>> _byOwner = new();
    private int _writes;

    /// <summary>Runs between reading and replacing, once for each try: for a test that wants a conflict.</summary>
    public Func<VideoId, Task>? BeforeReplace { get; set; }

    /// <summary>How many documents were created, replaced or removed.</summary>
    public int Writes => _writes;

    /// <summary>All documents, tombstones too.</summary>
    public IReadOnlyList<VideoRecord> All => [.. _documents.Values.Select(document => document.Read())];

    /// <summary>Puts a record there as it is, whatever was there.</summary>
    public VideoRecord Seed(VideoRecord record)
    {
        _documents[record.VideoId] = Document.Of(record);
        Index(record.Owner).Put(record.CreatedAt, record.VideoId.ToString(), record.VideoId);
        return record;
    }

    public Task CreateAsync(VideoRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_documents.TryAdd(record.VideoId, Document.Of(record)))
        {
            throw new InvalidOperationException("The id is taken.");
        }

        Interlocked.Increment(ref _writes);
        Index(record.Owner).Put(record.CreatedAt, record.VideoId.ToString(), record.VideoId);
        return Task.CompletedTask;
    }

    public Task<VideoRecord?> FindAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_documents.TryGetValue(videoId, out Document? found) ? found.Read() : null);
    }

    public async Task<VideoRecord?> UpdateAsync(
        VideoId videoId, Func<VideoRecord, VideoRecord> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_documents.TryGetValue(videoId, out Document? found))
            {
                return null;
            }

            VideoRecord before = found.Read();
            VideoRecord after = change(before);
            if (ReferenceEquals(before, after))
            {
                return before;
            }

            await (BeforeReplace?.Invoke(videoId) ?? Task.CompletedTask);
            if (_documents.TryUpdate(videoId, Document.Of(after), found))
            {
                Interlocked.Increment(ref _writes);
                return after;
            }
        }
    }

    public Task<Page<VideoRecord>> ListByOwnerAsync(
        UserId owner, string? cursor, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Page<VideoId> page = Index(owner).List(cursor, limit);
        IEnumerable<VideoRecord> records = page.Items
            .Select(id => _documents.GetValueOrDefault(id)?.Read())
            .OfType<VideoRecord>()
            .Where(record => !record.IsDeleted);
        return Task.FromResult(new Page<VideoRecord>([.. records], page.Cursor));
    }

    public Task RemoveFromOwnerIndexAsync(VideoRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Index(record.Owner).Remove(record.CreatedAt, record.VideoId.ToString());
        return Task.CompletedTask;
    }

    public Task RemoveAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_documents.TryRemove(videoId, out _))
        {
            Interlocked.Increment(ref _writes);
        }

        return Task.CompletedTask;
    }

    private NewestFirst<VideoId> Index(UserId owner) => _byOwner.GetOrAdd(owner, _ => new NewestFirst<VideoId>());

    /// <summary>Compared by reference: every write is a new one, so it is its own ETag.</summary>
    private sealed class Document(string json)
    {
        public static Document Of(VideoRecord record) => new(VodJson.Serialize(record));

        public VideoRecord Read() => VodJson.Deserialize<VideoRecord>(json);
    }
}
