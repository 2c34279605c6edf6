using Azure.Storage.Blobs.Models;

namespace VodFunctions.BlobStorage.Containers;

/// <summary>The CORS rules of the blob service: the site's pages upload blocks and read media.</summary>
internal static class CorsRules
{
    /// <summary>One rule for all origins (an account takes at most five); none for no origin, which allows nothing.</summary>
    public static IList<BlobCorsRule> For(IEnumerable<string> origins)
    {
        string joined = string.Join(',', origins);
        return joined.Length == 0 ? [] :
        [
            new BlobCorsRule
            {
                AllowedOrigins = joined,
                AllowedMethods = "GET,HEAD,PUT,OPTIONS",
                AllowedHeaders = "content-type,x-ms-*",
                ExposedHeaders = "etag,x-ms-*,content-length,content-range",
                MaxAgeInSeconds = 3600,
            },
        ];
    }

    public static bool AreSame(IList<BlobCorsRule> some, IList<BlobCorsRule> others) =>
        some.Select(Text).SequenceEqual(others.Select(Text), StringComparer.Ordinal);

    private static string Text(BlobCorsRule rule) => string.Join(
        '|', rule.AllowedOrigins, rule.AllowedMethods, rule.AllowedHeaders, rule.ExposedHeaders, rule.MaxAgeInSeconds);
}
