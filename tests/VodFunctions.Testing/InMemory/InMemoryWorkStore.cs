using System.Collections.Concurrent;
using VodFunctions.Core.Json;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>Documents as JSON text, so that one that does not survive the trip is found out.</summary>
public sealed class InMemoryWorkStore : IWorkStore
{
    private readonly ConcurrentDictionary<string, string> _documents = new(StringComparer.Ordinal);

    /// <summary>Called before anything is removed.</summary>
    public Func<Task> OnDelete { get; set; } = () => Task.CompletedTask;

    /// <summary>Names, <c>{videoId}/{attempt}/{name}</c>, in order.</summary>
    public IReadOnlyList<string> Names => [.. _documents.Keys.Order(StringComparer.Ordinal)];

    public Task PutAsync<T>(JobId job, string name, T document, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _documents[$"{job.VideoId}/{job.Attempt}/{name}"] = VodJson.Serialize(document);
        return Task.CompletedTask;
    }

    public Task<T> GetAsync<T>(JobId job, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _documents.TryGetValue($"{job.VideoId}/{job.Attempt}/{name}", out string? json)
            ? Task.FromResult(VodJson.Deserialize<T>(json))
            : throw new FileNotFoundException("No such document.", name);
    }

    public async Task DeleteAsync(VideoId videoId, int? attempt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await OnDelete();
        string prefix = attempt is null ? $"{videoId}/" : $"{videoId}/{attempt}/";
        foreach (string name in _documents.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            _documents.TryRemove(name, out _);
        }
    }
}
