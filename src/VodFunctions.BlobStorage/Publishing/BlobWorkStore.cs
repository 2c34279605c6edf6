using VodFunctions.BlobStorage.Containers;
using VodFunctions.BlobStorage.Documents;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;

namespace VodFunctions.BlobStorage.Publishing;

/// <summary><c>work/{videoId}/{attempt}/{name}.json</c> in the <c>state</c> container.</summary>
internal sealed class BlobWorkStore(VodContainers containers, StateDocuments documents) : IWorkStore
{
    private const string Prefix = "work/";

    public Task PutAsync<T>(JobId job, string name, T document, CancellationToken cancellationToken) =>
        documents.PutAsync(Name(job, name), new Work<T>(document), cancellationToken);

    public async Task<T> GetAsync<T>(JobId job, string name, CancellationToken cancellationToken) =>
        await documents.FindAsync<Work<T>>(Name(job, name), cancellationToken) is { } found
            ? found.Value.Document
            : throw new FileNotFoundException($"{job}: there is no document '{name}'.", name);

    public Task DeleteAsync(VideoId videoId, int? attempt, CancellationToken cancellationToken) =>
        PrefixDeletion.DeleteAsync(
            containers.State, Prefix + PrefixDeletion.Folder(videoId, attempt), cancellationToken);

    private static string Name(JobId job, string name) =>
        $"{Prefix}{PrefixDeletion.Folder(job.VideoId, job.Attempt)}{BlobPath.Check(name)}.json";

    // A wrapper, so that any T will do: a list or a number as well as a record.
    private sealed record Work<T>(T Document);
}
