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
/// The worker's traces and metrics, over OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector: the agent of the
/// Container Apps environment sets it, and hands traces on to Application Insights. The Functions host exports its own
/// (<c>telemetryMode</c> in host.json), the worker's log lines among them.
/// </summary>
internal static class FunctionsTelemetry
{
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Each call's span, whose parent is the host's, and the engine's own.
    private static readonly string[] s_sources = [VodTelemetry.Name, "Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask"];

    public static IServiceCollection AddVodTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[EndpointSetting]))
        {
            return services;
        }

        // Both apps run this image: CONTAINER_APP_NAME and OTEL_SERVICE_NAME tell them apart.
        ResourceBuilder resource = ResourceBuilder.CreateDefault()
            .AddService(configuration["CONTAINER_APP_NAME"] ?? "vodfunctions").AddEnvironmentVariableDetector();
        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource).AddSource(s_sources).AddOtlpExporter().Build());
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource).AddMeter(VodTelemetry.Name, "System.Runtime").AddOtlpExporter().Build());
        return services.AddHostedService<TelemetryExport>();
    }

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
