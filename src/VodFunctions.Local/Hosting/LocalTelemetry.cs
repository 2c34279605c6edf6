using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using VodFunctions.Core.Telemetry;

namespace VodFunctions.Local.Hosting;

/// <summary>Exports traces and metrics over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector; else nothing listens.</summary>
public static class LocalTelemetry
{
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers the providers; they live as long as the host.</summary>
    public static IServiceCollection AddVodTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[EndpointSetting]))
        {
            return services;
        }

        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("vodfunctions-local");
        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource).AddSource(VodTelemetry.Name).AddOtlpExporter().Build());
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(VodTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime").AddOtlpExporter().Build());
        return services.AddHostedService<Started>();
    }

    /// <summary>Builds the providers at start: nothing else asks for them.</summary>
    private sealed class Started(TracerProvider traces, MeterProvider metrics) : IHostedService
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
