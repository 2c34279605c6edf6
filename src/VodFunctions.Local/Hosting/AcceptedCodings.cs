using Microsoft.Net.Http.Headers;

namespace VodFunctions.Local.Hosting;

/// <summary>What a client says of content codings (RFC 9110 section 12.5.3).</summary>
internal static class AcceptedCodings
{
    /// <summary>Whether it takes that coding. The most specific name wins: "gzip;q=0, *" refuses gzip.</summary>
    public static bool Include(IList<StringWithQualityHeaderValue> accepted, string coding)
    {
        var named = accepted.FirstOrDefault(item => item.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(item => item.Value == "*");
        return named is not null && named.Quality is not 0;
    }
}
