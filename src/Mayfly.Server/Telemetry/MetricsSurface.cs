using Mayfly.Contracts.Api;
using Mayfly.Control.Telemetry;
using Mayfly.Engine;
using Mayfly.Server.Auth;
using Mayfly.Server.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mayfly.Server.Telemetry;

/// <summary>Metrics for monitoring systems: <c>/metrics</c> for Prometheus, and OTLP, with spans too, when the environment names a collector.</summary>
internal static class MetricsSurface
{
    /// <summary>Where Prometheus reads.</summary>
    public const string Path = "/metrics";

    public static IServiceCollection AddMetricsSurface(this IServiceCollection services, ServerOptions options)
    {
        // The environment last: its name for the service holds.
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("mayflyd").AddEnvironmentVariableDetector()).WithMetrics(metrics =>
        {
            metrics.AddMeter(HouseMeters.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime").AddPrometheusExporter();
            if (options.SendMetrics) metrics.AddOtlpExporter();
        });
        if (options.SendMetrics) telemetry.WithTracing(tracing => tracing.AddSource(EngineRegistration.SpanSource).AddOtlpExporter());
        return services;
    }

    public static void MapMetrics(this WebApplication app, ServerOptions options)
    {
        var endpoint = app.MapPrometheusScrapingEndpoint(Path);
        if (options.MetricsOpen) endpoint.AllowAnonymous();
        else endpoint.Needs(Permission.ViewHouse);
    }
}
