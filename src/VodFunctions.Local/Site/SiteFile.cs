using Microsoft.Net.Http.Headers;

namespace VodFunctions.Local.Site;

/// <summary>A file of the site, as it is sent.</summary>
/// <param name="Path">On disk.</param>
/// <param name="ContentType">Of what it holds, whatever its coding.</param>
/// <param name="Coding"><c>br</c> or <c>gzip</c> when the file on disk is compressed; null when it is as it is.</param>
/// <param name="CacheControl">For how long a browser may keep it.</param>
/// <param name="LastModified">When the build wrote it.</param>
/// <param name="ETag">Of this build's file in this coding.</param>
internal sealed record SiteFile(
    string Path, string ContentType, string? Coding, string CacheControl, DateTimeOffset LastModified, EntityTagHeaderValue ETag);
