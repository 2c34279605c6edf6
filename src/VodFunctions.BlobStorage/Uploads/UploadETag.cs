using Azure;

namespace VodFunctions.BlobStorage.Uploads;

/// <summary>How an upload's ETag is spelled in records and histories: it is compared as text.</summary>
public static class UploadETag
{
    /// <summary>Listings give ETags without quotes, headers with them: one spelling for both.</summary>
    public static string Text(ETag etag) => etag.ToString().Trim('"');
}
