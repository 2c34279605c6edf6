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
        request.Content = JsonContent.Create(new { contentPaths = new[] { $"{PathOf(vod.Value.PlaybackOrigin)}/{videoId}/*" } });

        // Accepted is enough: the purge goes on for minutes.
        using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    // As viewers ask for it: https://host/media becomes /media.
    private static string PathOf(string playbackOrigin) =>
        (Uri.TryCreate(playbackOrigin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri!.AbsolutePath
            : playbackOrigin).TrimEnd('/');
}
