using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>An upload ticket, as answered.</summary>
internal sealed record Ticket(string VideoId, Uri UploadUrl);

/// <summary>
/// What a browser does, over real HTTP, for one user. The calls that must succeed are repeated while the host is down, as
/// a browser would.
/// </summary>
internal sealed class VodClient : IDisposable
{
    private readonly HostProcess _host;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

    private VodClient(HostProcess host, string user) => (_host, User) = (host, user);

    public string User { get; }

    /// <summary>Signs in.</summary>
    public static async Task<VodClient> SignInAsync(HostProcess host, string user, params string[] roles)
    {
        var client = new VodClient(host, user);
        JsonElement answer = await client.DemandAsync(
            HttpMethod.Post, "api/dev/token", new { user, roles = roles.Length == 0 ? ["uploader"] : roles });
        client._http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", answer.GetProperty("token").GetString());
        return client;
    }

    public async Task<Ticket> RequestUploadAsync(long sizeBytes)
    {
        JsonElement answer = await DemandAsync(
            HttpMethod.Post, "api/uploads", new { fileName = "clip.mp4", contentType = "video/mp4", sizeBytes });
        return new(answer.GetProperty("videoId").GetString()!, new Uri(answer.GetProperty("uploadUrl").GetString()!));
    }

    public async Task<Uri> ConnectUrlAsync() =>
        new((await DemandAsync(HttpMethod.Post, "api/notifications/connect")).GetProperty("url").GetString()!);

    public Task<JsonElement> SubmitPostAsync(string videoId, string text = "A post.") =>
        DemandAsync(HttpMethod.Post, "api/feeds", new { text, videoId });

    /// <summary>Acknowledges the notice that was shown, or whichever is current.</summary>
    public Task AcknowledgeAsync(string videoId, string? notificationId = null) => DemandAsync(
        HttpMethod.Post, $"api/notifications/{videoId}/ack", notificationId is null ? null : new { notificationId });

    public Task DeleteAsync(string videoId) => DemandAsync(HttpMethod.Delete, $"api/videos/{videoId}");

    public Task RequeueAsync(string videoId) => DemandAsync(HttpMethod.Post, $"api/videos/{videoId}/requeue");

    public Task<JsonElement> GetVideoAsync(string videoId) => DemandAsync(HttpMethod.Get, $"api/videos/{videoId}");

    /// <summary>The job's status; null before there is a job.</summary>
    public async Task<string?> JobStatusAsync(string videoId) => Status(await GetVideoAsync(videoId), "job");

    /// <summary>The notification's status; null before there is a job.</summary>
    public async Task<string?> NotificationStatusAsync(string videoId) => Status(await GetVideoAsync(videoId), "notification");

    public Task JobBecomesAsync(string videoId, string status) =>
        Until.TrueAsync(async () => await JobStatusAsync(videoId) == status, $"job {videoId} becomes {status}");

    public Task NotificationBecomesAsync(string videoId, string status) =>
        Until.TrueAsync(async () => await NotificationStatusAsync(videoId) == status, $"notification {videoId} becomes {status}");

    /// <summary>One call, whatever the answer.</summary>
    /// <exception cref="HttpRequestException">The host is down.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_host.Url, path));
        request.Content = body is null ? null : JsonContent.Create(body);
        return await _http.SendAsync(request);
    }

    /// <summary>Calls until it is answered well. No other refusal than "not now" is repeated.</summary>
    public async Task<JsonElement> DemandAsync(HttpMethod method, string path, object? body = null)
    {
        using var limit = new CancellationTokenSource(Until.Limit);
        while (true)
        {
            try
            {
                using HttpResponseMessage response = await SendAsync(method, path, body);
                string text = await response.Content.ReadAsStringAsync(limit.Token);
                if (response.IsSuccessStatusCode)
                {
                    return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
                }

                if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    throw new InvalidOperationException(
                        $"{method} {path}: {(int)response.StatusCode} {text}\n{_host.Log.Tail(40)}");
                }
            }
            catch (HttpRequestException) when (!limit.IsCancellationRequested)
            {
                // The host is down; it comes back, on another port.
            }

            await Task.Delay(50, limit.Token);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? Status(JsonElement video, string part) =>
        video.GetProperty(part) is { ValueKind: JsonValueKind.Object } found ? found.GetProperty("status").GetString() : null;
}
