using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Configuration;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerValue.Serving.Telemetry;

/// <summary>Metrics for whoever asks at /metrics; metrics, traces and logs to a collector where one is named. docs/operations.md describes each metric.</summary>
internal static class TelemetrySetup
{
    private const string Route = "/metrics", Product = "customer-value", StandardPrefix = "OTEL_", Endpoint = StandardPrefix + "EXPORTER_OTLP_ENDPOINT", Calls = "Microsoft.AspNetCore";

    /// <summary>Bounds of the seconds that a call takes: a prediction takes less than the least of the usual ones.</summary>
    private static readonly double[] s_seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, ConfigurationManager configuration)
    {
        ReadStandardEnvironment(configuration);
        services.AddSingleton<ServiceMeter>().AddSingleton<IInstruments, ProgramInstruments>();
        services.AddQuietLogs();
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Product, serviceVersion: ServiceMeter.ProgramVersion))
            .WithMetrics(metrics => metrics
                .AddMeter(ServiceMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { Boundaries = s_seconds })
                .AddPrometheusExporter(prometheus =>
                {
                    prometheus.ScopeInfoEnabled = false;
                    // Whatever a scraper says that it takes, names are those that alert rules and dashboards use.
                    prometheus.TranslationStrategy = PrometheusAspNetCoreTranslationStrategy.UnderscoreEscapingWithSuffixes;
                }));
        if (HasCollector(configuration))
            telemetry.UseOtlpExporter()
                .WithTracing(traces => traces.AddSource(Calls, ServiceMeter.Name).AddProcessor(new PlainSpans()))
                .WithLogging(null, logs => logs.IncludeFormattedMessage = true);
        return services;
    }

    /// <summary>Says in traces which route a call took, and not its address.</summary>
    public static void UseTelemetry(this WebApplication app)
    {
        if (HasCollector(app.Configuration))
            app.Use(PlainSpans.NameAsync);
    }

    public static void MapTelemetry(this WebApplication app)
    {
        ServiceMeter meter = app.Services.GetRequiredService<ServiceMeter>();
        foreach (IInstruments instruments in app.Services.GetServices<IInstruments>())
            instruments.AddTo(meter.Meter);
        app.MapPrometheusScrapingEndpoint(Route).RequireAuthorization(AccessScope.Read).WithName("metrics")
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]), new ExcludeFromDescriptionAttribute());
    }

    /// <summary>The variables of OpenTelemetry bear its own prefix, whatever program they are for; a setting of ours goes before them.</summary>
    private static void ReadStandardEnvironment(ConfigurationManager configuration)
    {
        Dictionary<string, string?> standard = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith(StandardPrefix, StringComparison.Ordinal)).ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value);
        if (configuration[$"{nameof(ServingOptions.Telemetry)}:{nameof(TelemetryOptions.Collector)}"] is { Length: > 0 } own)
            standard[Endpoint] = own;
        configuration.AddInMemoryCollection(standard);
    }

    private static bool HasCollector(IConfiguration configuration) => TelemetryOptions.IsAddress(configuration[Endpoint]);
}
