using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using VodFunctions.Core.Telemetry;

namespace VodFunctions.Hosting;

/// <summary>
/// The worker's traces and metrics: to Application Insights where there is one, and over OTLP where
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. The Functions host exports its own (<c>telemetryMode</c> in
/// host.json), the worker's log lines among them.
/// </summary>
internal static class FunctionsTelemetry
{
    private const string CollectorSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Each call's span, whose parent is the host's, and the engine's own.
    private static readonly string[] s_sources = [VodTelemetry.Name, "Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask"];

    public static IServiceCollection AddVodTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        bool collector = !string.IsNullOrEmpty(configuration[CollectorSetting]);
        bool insights = ApplicationInsights.IsConfigured(configuration);
        if (!collector && !insights)
        {
            return services;
        }

        services.AddSingleton(_ => Traces(configuration, insights, collector));
        services.AddSingleton(_ => Metrics(configuration, insights, collector));
        return services.AddHostedService<TelemetryExport>();
    }

    private static TracerProvider Traces(IConfiguration configuration, bool insights, bool collector)
    {
        TracerProviderBuilder traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource(configuration)).AddSource(s_sources);
        if (insights)
        {
            traces.AddAzureMonitorTraceExporter(ApplicationInsights.Options(configuration));
        }

        if (collector)
        {
            traces.AddOtlpExporter();
        }

        // That exporter brings a sampler of its own, a few traces a second. Here a call's span goes the way of the host's, which
        // has sampled it, and a video's spans are never thinned out: its trace is whole or of no use.
        return traces.SetSampler(new ParentBasedSampler(new AlwaysOnSampler())).Build();
    }

    private static MeterProvider Metrics(IConfiguration configuration, bool insights, bool collector)
    {
        MeterProviderBuilder metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(configuration)).AddMeter(VodTelemetry.Name, "System.Runtime");
        if (insights)
        {
            metrics.AddAzureMonitorMetricExporter(ApplicationInsights.Options(configuration));
        }

        if (collector)
        {
            metrics.AddOtlpExporter();
        }

        return metrics.Build();
    }

    // Both apps run this image: CONTAINER_APP_NAME and OTEL_SERVICE_NAME tell them apart.
    private static ResourceBuilder Resource(IConfiguration configuration) => ResourceBuilder.CreateDefault()
        .AddService(configuration["CONTAINER_APP_NAME"] ?? "vodfunctions").AddEnvironmentVariableDetector();

    /// <summary>Builds the providers at start: nothing else asks for them.</summary>
    private sealed class TelemetryExport(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(2000);
            metrics.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
