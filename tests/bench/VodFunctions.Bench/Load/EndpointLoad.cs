using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using VodFunctions.Bench.Jobs;
using VodFunctions.Bench.Measuring;

namespace VodFunctions.Bench.Load;

/// <summary>
/// Calls one endpoint from many connections at once, each waiting for its answer before it asks again. Caller, host and
/// storage share one machine, so the numbers are a floor.
/// </summary>
internal sealed class EndpointLoad(HostProcess host, int storage, TimeSpan duration)
{
    private const int Connections = 16;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);
    private static readonly string[] s_roles = ["uploader"];

    /// <summary>Measures the ticket endpoint, a page of the feed and a video's page.</summary>
    public async Task<IReadOnlyList<LoadResult>> RunAsync(string videoId, CancellationToken cancellationToken) =>
    [
        await RunAsync("GET feeds", () => new(HttpMethod.Get, "api/feeds"), cancellationToken),
        await RunAsync("GET videos/{videoId}", () => new(HttpMethod.Get, $"api/videos/{videoId}"), cancellationToken),
        await RunAsync("POST uploads (a ticket)", Ticket, cancellationToken),
    ];

    private static HttpRequestMessage Ticket() => new(HttpMethod.Post, "api/uploads")
    {
        Content = JsonContent.Create(new { fileName = "clip.mp4", contentType = "video/mp4", sizeBytes = 50_000_000 }),
    };

    private async Task<LoadResult> RunAsync(
        string name, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        HttpClient[] clients = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(number => SignInAsync(number, cancellationToken)));
        try
        {
            await CallAsync(clients, request, s_warmUp, cancellationToken);
            CpuTime hostBefore = ProcStat.Read(host.Id);
            CpuTime storageBefore = ProcStat.Read(storage);
            long began = Stopwatch.GetTimestamp();
            IReadOnlyList<TimeSpan?> answers = await CallAsync(clients, request, duration, cancellationToken);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
            TimeSpan[] good = [.. answers.OfType<TimeSpan>().Order()];
            return good.Length == 0 ? throw new BenchException($"{name}: no request succeeded.")
                : new(
                    name, good.Length / elapsed.TotalSeconds, Percentile.At(good, 0.5), Percentile.At(good, 0.99), answers.Count - good.Length,
                    (ProcStat.Read(host.Id) - hostBefore).Total / answers.Count,
                    (ProcStat.Read(storage) - storageBefore).Total / answers.Count);
        }
        finally
        {
            foreach (HttpClient client in clients)
            {
                client.Dispose();
            }
        }
    }

    private async Task<HttpClient> SignInAsync(int number, CancellationToken cancellationToken)
    {
        var client = new HttpClient { BaseAddress = host.Url };
        using HttpResponseMessage answer = await client.PostAsJsonAsync(
            new Uri("api/dev/token", UriKind.Relative), new { user = $"bench{number}", roles = s_roles }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.GetProperty("token").GetString());
        return client;
    }

    private static async Task<IReadOnlyList<TimeSpan?>> CallAsync(
        HttpClient[] clients, Func<HttpRequestMessage> request, TimeSpan time, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        List<TimeSpan?>[] all = await Task.WhenAll(clients.Select(async client =>
        {
            var answers = new List<TimeSpan?>();
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                using HttpRequestMessage message = request();
                long asked = Stopwatch.GetTimestamp();
                using HttpResponseMessage answer = await client.SendAsync(message, cancellationToken);
                answers.Add(answer.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(asked) : null);
            }

            return answers;
        }));
        return [.. all.SelectMany(answers => answers)];
    }
}
