using System.Diagnostics;
using System.Text.Json;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;
using VodFunctions.Hosting;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Hosting;

/// <summary>Where traces and metrics of the worker go. They are the process's, so nothing else here listens to them.</summary>
public sealed class FunctionsTelemetryTests
{
    private static readonly (string Key, string? Value) s_collector = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");

    [Fact]
    public void Nothing_is_exported_where_nobody_takes_it()
    {
        using ServiceProvider services = WiredApp.With(WiredApp.Azure);

        Assert.Null(services.GetService<TracerProvider>());
        Assert.Null(services.GetService<MeterProvider>());
        Assert.False(IsListenedTo());
    }

    /// <summary>Nothing listens there: only whether there would be something to send is asked.</summary>
    [Fact]
    public void A_collector_that_is_named_gets_traces_and_metrics()
    {
        using ServiceProvider services = WiredApp.With([.. WiredApp.Azure, s_collector]);

        Assert.NotNull(services.GetService<MeterProvider>());
        Assert.NotNull(services.GetService<TracerProvider>());
        Assert.True(IsListenedTo());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Application_Insights_gets_every_span_of_a_video_and_the_metrics_beside_a_collector_or_alone(bool collector)
    {
        const int Spans = 100;
        await using IngestionEndpoint insights = await IngestionEndpoint.StartAsync();
        var video = VideoId.Parse(Guid.NewGuid().ToString("N"));
        (string Key, string? Value)[] settings =
            [.. WiredApp.Azure, (ApplicationInsights.ConnectionStringSetting, insights.ConnectionString)];
        await using (ServiceProvider services = WiredApp.With(collector ? [.. settings, s_collector] : settings))
        {
            TracerProvider traces = services.GetRequiredService<TracerProvider>();
            MeterProvider metrics = services.GetRequiredService<MeterProvider>();
            for (int index = 0; index < Spans; index++)
            {
                VodTelemetry.Start($"span {index}", video)?.Dispose();
            }

            // The collector does not answer; that is none of the others' business.
            traces.ForceFlush();
            metrics.ForceFlush();
        }

        Assert.Equal(Spans, insights.Items.Select(item => Text(item, "name")).OfType<string>()
            .Where(name => name.StartsWith("span ", StringComparison.Ordinal)).Distinct().Count());
        Assert.Contains(
            insights.Items, item => item.TryGetProperty("properties", out JsonElement properties)
                && Text(properties, "vod.video_id") == $"{video}");
        Assert.Contains(
            insights.Items, item => item.TryGetProperty("metrics", out JsonElement points)
                && Text(points[0], "name")!.StartsWith("dotnet.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("Authorization=AAD", true)]
    [InlineData("Authorization=AAD;ClientId=11111111-1111-1111-1111-111111111111", true)]
    [InlineData("authorization=aad; clientId = 11111111-1111-1111-1111-111111111111;", true)]
    public void It_is_reached_as_the_managed_identity_that_the_host_is_told_to_use(string? authentication, bool identity) =>
        Assert.Equal(identity, ApplicationInsights.Credential(authentication) is ManagedIdentityCredential);

    [Theory]
    [InlineData("Authorization=Key")]
    [InlineData("ClientId=11111111-1111-1111-1111-111111111111")]
    [InlineData("nonsense")]
    public void Another_way_to_be_reached_is_refused_by_name(string authentication) => Assert.Contains(
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        Assert.Throws<InvalidOperationException>(() => ApplicationInsights.Credential(authentication)).Message,
        StringComparison.Ordinal);

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static bool IsListenedTo()
    {
        using Activity? span = VodTelemetry.Start("test", VideoId.Parse("0123456789abcdef0123456789abcdef"));
        return span is { IsAllDataRequested: true };
    }
}
