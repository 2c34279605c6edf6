using Azure;
using Azure.Storage.Blobs.Models;

namespace VodFunctions.BlobStorage.Containers;

/// <summary>
/// What an answer of the storage means. HEAD answers have no body, but their code is in a header that the SDK reads.
/// </summary>
internal static class StorageErrors
{
    public static bool IsBlobMissing(this RequestFailedException exception) =>
        exception.Status == 404 && exception.ErrorCode != BlobErrorCode.ContainerNotFound;

    /// <summary>Somebody else wrote first: the condition of a create, a replace or a delete was not met.</summary>
    public static bool IsLostRace(this RequestFailedException exception) =>
        exception.Status == 412 || exception.ErrorCode == BlobErrorCode.BlobAlreadyExists || exception.IsBlobMissing();

    /// <summary>
    /// The holder of an upload URL may archive the blob or encrypt it with a key of its own. Nobody can read it then, so
    /// that it is as good as gone.
    /// </summary>
    public static bool IsUnreadable(this RequestFailedException exception) =>
        exception.Status == 409
        && (exception.ErrorCode == BlobErrorCode.BlobArchived
            || exception.ErrorCode == "BlobUsesCustomerSpecifiedEncryption");

    /// <summary>No answer, or one that says to come again.</summary>
    public static bool IsTransient(this Exception exception) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        AggregateException many => many.InnerExceptions.All(IsTransient),
        // The SDK's own time limit cancels without the caller having asked for it.
        IOException or HttpRequestException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
