using System.Net.Http.Headers;
using System.Net.Http.Json;
using Azure.Core;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;

namespace VodFunctions.Playback;

/// <summary>Purges a deleted video at Front Door, by Azure Resource Manager's REST API.</summary>
public sealed class FrontDoorCachePurge(
    HttpClient http, TokenCredential credential, IOptions<FrontDoorOptions> options, IOptions<VodOptions> vod)
    : IMediaCachePurge
{
    private const string ApiVersion = "2025-04-15";
    private static readonly TokenRequestContext s_scope = new(["https://management.azure.com/.default"]);

    /// <inheritdoc />
    /// <exception cref="HttpRequestException">It was not taken; the sweep comes back to the deletion.</exception>
    public async Task PurgeAsync(VideoId videoId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Value.EndpointId))
        {
            return;
        }

        AccessToken token = await credential.GetTokenAsync(s_scope, cancellationToken);
        var url = new Uri($"https://management.azure.com{options.Value.EndpointId}/purge?api-version={ApiVersion}");
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        string[] contentPaths = [$"{PathOf(vod.Value.PlaybackOrigin)}/{videoId}/*"];
        string[] domains = Domains();
        request.Content = domains.Length == 0 ? JsonContent.Create(new { contentPaths }) : JsonContent.Create(new { contentPaths, domains });

        // Accepted is enough: the purge goes on for minutes.
        using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    // Each name by which viewers ask: without a list only the endpoint's own might be purged.
    private string[] Domains() => string.IsNullOrEmpty(options.Value.HostName)
        ? []
        : [.. new[] { options.Value.HostName, OriginOf(vod.Value.PlaybackOrigin)?.Host }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    // As viewers ask for it: https://host/media becomes /media.
    private static string PathOf(string playbackOrigin) =>
        (OriginOf(playbackOrigin)?.AbsolutePath ?? playbackOrigin).TrimEnd('/');

    private static Uri? OriginOf(string playbackOrigin) =>
        Uri.TryCreate(playbackOrigin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? uri : null;
}
