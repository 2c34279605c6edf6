using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VodFunctions.Tests.Support;

/// <summary>Application Insights, as far as it takes telemetry: lines of JSON, compressed.</summary>
internal sealed class IngestionEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IngestionEndpoint(WebApplication app) => _app = app;

    /// <summary>What came: each item's <c>data.baseData</c>.</summary>
    public ConcurrentBag<JsonElement> Items { get; } = [];

    public string ConnectionString =>
        $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={_app.Urls.Single()}/;LiveEndpoint={_app.Urls.Single()}/";

    public static async Task<IngestionEndpoint> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new IngestionEndpoint(builder.Build());
        endpoint._app.Run(endpoint.TakeAsync);
        await endpoint._app.StartAsync();
        return endpoint;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        int count = 0;
        if (context.Request.Path.Value!.EndsWith("/track", StringComparison.Ordinal))
        {
            await using Stream body = context.Request.Headers.ContentEncoding == "gzip"
                ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
                : context.Request.Body;
            using var reader = new StreamReader(body);
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
            {
                Items.Add(JsonDocument.Parse(line).RootElement.GetProperty("data").GetProperty("baseData"));
                count++;
            }
        }

        await context.Response.WriteAsJsonAsync(new { itemsReceived = count, itemsAccepted = count, errors = Array.Empty<object>() });
    }
}
