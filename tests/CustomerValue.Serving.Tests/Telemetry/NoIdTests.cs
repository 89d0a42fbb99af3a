using System.Net;
using System.Net.Sockets;
using System.Text;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Telemetry;

/// <summary>Whatever is asked and however much is logged, no customer is named in metrics, traces or logs; and where no collector is named nothing leaves.</summary>
public sealed class NoIdTests(TrainedStore trained) : IDisposable
{
    private const string Id = "MARKER-4711", Body = """{"as_of":"2024-03-01","customers":[{"customer_id":"MARKER-4711","transactions":[{"date":"2024-02-01","amount":20}]}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("marked-").FullName;

    [Fact]
    public async Task No_customer_is_named_in_logs_metrics_or_traces()
    {
        using Collector collector = Collector.Start();
        (string, string)[] environment =
        [
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
        ];
        await using ServingProcess service = await ServingProcess.StartAsync(environment, $"--Store={MarkedStore()}", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
            "--Logging:Console:LogLevel:Default=Trace", "--Logging:Console:LogLevel:Microsoft.AspNetCore.Hosting=Trace", "--Logging:Console:FormatterName=json", "--Logging:Console:FormatterOptions:IncludeScopes=true");

        foreach (string route in (string[])["/v1/predictions", "/v1/recommendations", "/v1/decisions"])
            foreach (string body in (string[])[Body, Body[..^2], Body.Replace("20}", "\"MARKER-4711\"}", StringComparison.Ordinal), Body.Replace("2024-02-01", "2025-01-01", StringComparison.Ordinal)])
                await service.PostAsync(route, body);
        (await service.GetAsync($"/v1/customers/{Id}")).Text.Should().Contain(Id, "there is one");
        foreach (string path in (string[])[$"/v1/customers?search={Id}", $"/v1/customers/{Id}-none", $"/v1/customers?sort={Id}", $"/{Id}", $"/customer?id={Id}", $"/customer?id={Id}-none", $"/customers?search={Id}", $"/decide?search={Id}", $"/sign-in?return=%2F{Id}", $"/contacts?id={Id}"])
            await service.GetAsync(path);
        using HttpRequestMessage odd = new(new HttpMethod(Id), $"/v1/customers/{Id}");
        odd.Headers.TryAddWithoutValidation("User-Agent", Id);
        odd.Headers.TryAddWithoutValidation("X-Api-Key", Id);
        await service.Client.SendAsync(odd);
        using HttpRequestMessage elsewhere = new(HttpMethod.Get, $"/v1/customers/{Id}") { Headers = { Host = Id + ".example" } };
        await service.Client.SendAsync(elsewhere);
        using (TcpClient raw = new())
        {
            await raw.ConnectAsync(IPAddress.Loopback, service.Address.Port);
            await raw.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{Id}\r\n\r\n"));
            (await RawAnswer.ReadAsync(raw)).Should().StartWith("HTTP/1.1 400 ");
        }
        Visitor visitor = new(service.Client);
        (await visitor.SubmitAsync($"/customer?id={Id}", "record", new() { ["channel"] = "phone", ["reached"] = "yes" })).Status.Should().Be(200);
        await Task.Delay(400);

        Metrics metrics = await service.MetricsAsync();
        string traces = await collector.ReceiveAsync("/v1/traces", "GET /v1/customers/{id}", "POST /v1/predictions", "no route", "load version", "answer"), logs = await collector.ReceiveAsync("/v1/logs", "serves; before it"),
            sent = await collector.ReceiveAsync("/v1/metrics", "customer_value.customers.scored", "http.server.request.duration");
        traces.Should().ContainAll("GET /v1/customers/{id}", "POST /v1/predictions", "_OTHER ", "no route", "read body", "answer").And.NotContain("url.path").And.NotContain("user_agent");
        logs.Should().Contain("serves; before it");
        sent.Should().ContainAll("customer_value.customers.scored", "http.server.request.duration", "customer-value");
        metrics.Text.Should().Contain("http_route=\"/v1/customers/{id}\"");
        service.Lines.Should().Contain(line => line.StartsWith('{') && line.Contains("\"LogLevel\":\"Information\""), "lines are structured where that is set");
        foreach (string told in (string[])[traces, logs, sent, metrics.Text, string.Join('\n', service.Lines)])
            told.Should().NotContain("4711");
    }

    [Fact]
    public async Task Nothing_is_sent_where_no_collector_is_named()
    {
        using TcpListener usual = new(IPAddress.Loopback, 4317), usualHttp = new(IPAddress.Loopback, 4318);
        usual.Start();
        usualHttp.Start();
        await using ServingProcess service = await ServingProcess.StartAsync([("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("OTEL_BSP_SCHEDULE_DELAY", "100")], $"--Store={trained.Folder}");

        await service.PostAsync("/v1/predictions", Body);
        await Task.Delay(1500);

        usual.Pending().Should().BeFalse();
        usualHttp.Pending().Should().BeFalse();
    }

    [Fact]
    public async Task The_setting_names_the_collector_too_and_goes_before_the_environment()
    {
        using Collector collector = Collector.Start();
        await using ServingProcess service = await ServingProcess.StartAsync([("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")], $"--Store={trained.Folder}", $"--Telemetry:Collector={collector.Address}");

        (await collector.ReceiveAsync("/v1/metrics", "customer_value.model.ready")).Should().Contain("customer_value.model.ready");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A store whose book holds a customer of that name.</summary>
    private string MarkedStore()
    {
        string store = trained.Copy().Folder;
        TrainingProcess.Run(_folder, "score", "--transactions", TrainingProcess.File(_folder, trained.Rows.Select(row => row.CustomerId == "c00001" ? row with { CustomerId = Id } : row)), "--store", store);
        return store;
    }
}
