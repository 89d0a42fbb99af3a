using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.MLNet;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>The real program behind a real socket on the loopback address.</summary>
internal sealed class ServingHost : WebApplicationFactory<Program>
{
    private readonly string _store;
    private readonly (string Key, string Value)[] _settings;

    private ServingHost(string store, (string Key, string Value)[] settings)
    {
        _store = store;
        _settings = settings;
        UseKestrel();
    }

    /// <summary>Lines of the log so far.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>Folder of the models.</summary>
    public string Store => _store;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>What tells the time.</summary>
    private TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Candidates beside those of the program.</summary>
    private ICandidateTrainer? Candidate { get; init; }

    /// <summary>Starts it with a candidate of one's own.</summary>
    public static ServingHost StartWith(ICandidateTrainer candidate, string store, params (string Key, string Value)[] settings) => Started(new ServingHost(store, settings) { Candidate = candidate });

    public static ServingHost Start(string store, params (string Key, string Value)[] settings) => StartAt(TimeProvider.System, store, settings);

    /// <summary>Starts it by another clock.</summary>
    public static ServingHost StartAt(TimeProvider clock, string store, params (string Key, string Value)[] settings)
    {
        return Started(new ServingHost(store, settings) { Clock = clock });
    }

    private static ServingHost Started(ServingHost host)
    {
        host.StartServer();
        host.Client = host.CreateClient();
        return host;
    }

    /// <summary>Sends a body as application/json and reads the answer.</summary>
    public async Task<Answer> PostAsync(string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        return await Answer.ReadAsync(await Client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    /// <summary>Writes down from now on what it measures of itself.</summary>
    public HostMeasurements Measure() => new(Services.GetRequiredService<IMeterFactory>());

    public async Task<Answer> GetAsync(string path) => await Answer.ReadAsync(await Client.GetAsync(new Uri(path, UriKind.Relative)));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // As a setting, not as UseKestrel(0): that one changes the addresses once the host is built, when the program's own thread may have started it.
        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseSetting("Store", _store);
        foreach ((string key, string value) in _settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(Clock);
            if (Candidate is not null)
                services.AddSingleton(MLNetEngine.AddTo(CandidateCatalogue.Standard).With(Candidate));
        });
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new Recorder(Log)));
    }

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}".TrimEnd());

        public void Dispose()
        {
        }
    }
}

/// <summary>An answer, read to its end.</summary>
internal sealed record Answer(HttpStatusCode Status, string? MediaType, string Text, Version Protocol)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
            return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Version);
    }

    /// <summary>Asserts that this is a well-formed problem without a trace of the inside, and gives its errors.</summary>
    public JsonObject ShouldBeProblem(int status, string kind)
    {
        ((int)Status).Should().Be(status, Text);
        MediaType.Should().Be("application/problem+json");
        JsonNode json = Json;
        json["type"]!.GetValue<string>().Should().Be($"urn:customer-value:problem:{kind}");
        json["status"]!.GetValue<int>().Should().Be(status);
        json["title"]!.GetValue<string>().Should().NotBeNullOrWhiteSpace();
        Text.Should().NotContain("   at ").And.NotContain("System.").And.NotContain("Exception").And.NotContain("CustomerValue.Serving");
        return json["errors"] as JsonObject ?? [];
    }
}
