using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.Local.WebPubSub.Service;

/// <summary>Pushes through the service, or another emulator of it, by its REST API (version 2024-12-01).</summary>
internal sealed class ServiceNotificationChannel : INotificationChannel, IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Uri _endpoint;
    private readonly string _hub;
    private readonly ServerTokens _serverTokens;
    private readonly ClientTokens _clientTokens;

    public ServiceNotificationChannel(IOptions<WebPubSubOptions> options, TimeProvider time)
    {
        _hub = options.Value.Hub;
        _ = ServiceAddress.TryParse(options.Value.ConnectionString!, out ServiceAddress? address);
        _endpoint = address!.Endpoint;
        var tokens = new SignedTokens(address.Key, time);
        (_serverTokens, _clientTokens) = (new ServerTokens(tokens), new ClientTokens(tokens));
    }

    /// <inheritdoc />
    /// <exception cref="HttpRequestException">It was not taken.</exception>
    public async Task SendToUserAsync(UserId user, string json, CancellationToken cancellationToken)
    {
        string path = $"/api/hubs/{_hub}/users/{Uri.EscapeDataString(user.ToPushId())}/:send?api-version=2024-12-01";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_endpoint, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _serverTokens.Issue(request.RequestUri!));
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            // The answer's own text may quote the request.
            throw new HttpRequestException("Web PubSub did not take the message.", null, answer.StatusCode);
        }
    }

    /// <inheritdoc />
    public Task<Uri> GetClientUrlAsync(UserId user, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromResult(_clientTokens.Url(_endpoint, _hub, ClientIdentity.WithoutRole(user.ToPushId()), lifetime));

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
