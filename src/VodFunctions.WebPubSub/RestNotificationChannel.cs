using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Azure.Core;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;

namespace VodFunctions.WebPubSub;

/// <summary>Pushes through Azure Web PubSub, or an emulator of it, by its REST API (version 2024-12-01).</summary>
public sealed class RestNotificationChannel : INotificationChannel, IDisposable
{
    private const string ApiVersion = "api-version=2024-12-01";

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly string _hub;
    private readonly ServiceCredential _credential;

    private RestNotificationChannel(Uri endpoint, string hub, ServiceCredential credential, HttpMessageHandler? handler)
    {
        (_endpoint, _hub, _credential) = (endpoint, hub, credential);
        // The service answers no redirect: one would be followed with the token.
        _http = new(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = TimeSpan.FromSeconds(10),
        };
    }

    /// <summary>Creates a channel that authorizes with an access key.</summary>
    /// <param name="address">The service and its key.</param>
    /// <param name="hub">The hub that notices go through.</param>
    /// <param name="time">The clock that tokens are dated with.</param>
    public static RestNotificationChannel WithAccessKey(ServiceAddress address, string hub, TimeProvider time) =>
        new(address.Endpoint, hub, new AccessKeyCredential(address.AccessKey, time), handler: null);

    /// <summary>Creates a channel that authorizes as an identity.</summary>
    /// <param name="endpoint">The service, https.</param>
    /// <param name="hub">The hub that notices go through.</param>
    /// <param name="identity">The identity, with the role "Web PubSub Service Owner".</param>
    /// <exception cref="ArgumentException"><paramref name="endpoint"/> is not https: the token could be read on its way.</exception>
    public static RestNotificationChannel WithIdentity(Uri endpoint, string hub, TokenCredential identity) =>
        WithIdentity(endpoint, hub, identity, handler: null);

    internal static RestNotificationChannel WithIdentity(
        Uri endpoint, string hub, TokenCredential identity, HttpMessageHandler? handler) =>
        endpoint.Scheme == Uri.UriSchemeHttps
            ? new(new Uri(endpoint.GetLeftPart(UriPartial.Authority)), hub, new IdentityCredential(identity), handler)
            : throw new ArgumentException("An identity's token goes over https only.", nameof(endpoint));

    /// <inheritdoc />
    /// <exception cref="HttpRequestException">The service did not take it.</exception>
    public async Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await PostAsync(
            $"users/{Uri.EscapeDataString(user.ToPushId())}/:send?{ApiVersion}",
            new StringContent(json, Encoding.UTF8, "application/json"), HttpStatusCode.Accepted, cancellationToken);
    }

    /// <inheritdoc />
    /// <exception cref="HttpRequestException">The service issued no token.</exception>
    public async Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var audience = new Uri(_endpoint, $"/client/hubs/{_hub}");
        string token = _credential.SignClientToken(audience, user.ToPushId(), lifetime)
            ?? await RequestClientTokenAsync(user, lifetime, cancellationToken);
        string scheme = _endpoint.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        return new Uri($"{scheme}://{audience.Authority}{audience.AbsolutePath}?access_token={token}");
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    // Without a role and a group: the client may only listen. The service counts in whole minutes, and none is no lifetime.
    private async Task<string> RequestClientTokenAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        int minutes = Math.Max(1, (int)lifetime.TotalMinutes);
        using HttpResponseMessage answer = await PostAsync(
            $":generateToken?userId={Uri.EscapeDataString(user.ToPushId())}&minutesToExpire={minutes}&{ApiVersion}",
            content: null, HttpStatusCode.OK, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<ClientToken>(cancellationToken))?.Token
            ?? throw new HttpRequestException("Web PubSub issued no client token.");
    }

    private async Task<HttpResponseMessage> PostAsync(
        string operation, HttpContent? content, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        var url = new Uri(_endpoint, $"/api/hubs/{_hub}/{operation}");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        string token = await _credential.GetBearerTokenAsync(url, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        if (answer.StatusCode == expected)
        {
            return answer;
        }

        // Without the answer's text: it may quote the request.
        answer.Dispose();
        throw new HttpRequestException("Web PubSub refused the call.", null, answer.StatusCode);
    }

    private sealed record ClientToken(string? Token);
}
