using Azure;

namespace VodFunctions.BlobStorage.Containers;

/// <summary>Answers whether the storage can be used now, for <c>health/ready</c>.</summary>
/// <param name="containers">The containers.</param>
/// <param name="time">Limits the wait.</param>
public sealed class StorageHealth(VodContainers containers, TimeProvider time)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    /// <summary>Asks each container, for at most 5 s.</summary>
    /// <returns>Null when all is well, otherwise one sentence that says what is missing; it names no secret.</returns>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(s_limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        string? missing = null;
        try
        {
            foreach (string container in containers.All.Select(container => container.Name))
            {
                missing = container;
                await containers.Service.GetBlobContainerClient(container).GetPropertiesAsync(cancellationToken: linked.Token);
            }

            return null;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return $"Storage: the container '{missing}' does not exist.";
        }
        catch (RequestFailedException exception) when (exception.Status != 0)
        {
            return $"Storage: the container '{missing}' answers {exception.Status} {exception.ErrorCode}.";
        }
        catch (Exception exception) when (exception.IsTransient() && !cancellationToken.IsCancellationRequested)
        {
            return "Storage: no answer.";
        }
    }
}
