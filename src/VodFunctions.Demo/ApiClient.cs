using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace VodFunctions.Demo;

/// <summary>The calls that a browser makes, over real HTTP.</summary>
internal sealed class ApiClient(HttpClient http)
{
    private static readonly string[] s_roles = ["uploader"];
    private static readonly string[] s_problemMembers = ["code", "detail", "title"];

    /// <summary>Signs in: every later call carries the token.</summary>
    public async Task SignInAsync(string user, CancellationToken cancellationToken)
    {
        JsonElement answer = await SendAsync<JsonElement>(
            HttpMethod.Post, "api/dev/token", new { user, roles = s_roles }, cancellationToken);
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", answer.GetProperty("token").GetString());
    }

    public async Task<Uri> ConnectAsync(CancellationToken cancellationToken) => new(
        (await SendAsync<JsonElement>(HttpMethod.Post, "api/notifications/connect", null, cancellationToken))
        .GetProperty("url").GetString()!);

    public Task<TicketAnswer> RequestUploadAsync(DemoClip clip, CancellationToken cancellationToken) =>
        SendAsync<TicketAnswer>(
            HttpMethod.Post,
            "api/uploads",
            new { fileName = Path.GetFileName(clip.Path), contentType = clip.ContentType, sizeBytes = clip.SizeBytes },
            cancellationToken);

    public async Task<Uri> RenewAsync(string videoId, CancellationToken cancellationToken) => new(
        (await SendAsync<JsonElement>(HttpMethod.Post, $"api/uploads/{videoId}/renew", null, cancellationToken))
        .GetProperty("uploadUrl").GetString()!);

    public Task<VideoAnswer> GetVideoAsync(string videoId, CancellationToken cancellationToken) =>
        SendAsync<VideoAnswer>(HttpMethod.Get, $"api/videos/{videoId}", null, cancellationToken);

    public Task SubmitPostAsync(string videoId, string text, CancellationToken cancellationToken) =>
        SendAsync<JsonElement>(HttpMethod.Post, "api/feeds", new { text, videoId }, cancellationToken);

    public async Task AcknowledgeAsync(Notice notice, CancellationToken cancellationToken)
    {
        using JsonContent shown = JsonContent.Create(new { notificationId = notice.NotificationId });
        using HttpResponseMessage response = await http.PostAsync(
            new Uri($"api/notifications/{notice.VideoId}/ack", UriKind.Relative), shown, cancellationToken);
        await DemandAsync(response, cancellationToken);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        await DemandAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<T>(cancellationToken))!;
    }

    private static async Task DemandAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        // Path only: nothing of a query is ever shown.
        string what = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath}";
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new DemoException($"{what}: {(int)response.StatusCode} {Explain(text, response.StatusCode)}");
    }

    // Problem details (RFC 9457) where the answer has them.
    private static string Explain(string text, HttpStatusCode status)
    {
        try
        {
            JsonElement problem = JsonDocument.Parse(text).RootElement;
            return string.Join(": ", s_problemMembers
                .Select(name => problem.TryGetProperty(name, out JsonElement value) ? value.ToString() : "")
                .Where(value => value.Length > 0)
                .Take(2));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return status.ToString();
        }
    }
}
