using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>More than the service can do: what is refused costs little, says when to come again, and harms nobody else.</summary>
[Collection(Alone.Name)]
public sealed class OverloadTests(TrainedStore trained)
{
    private const string Predictions = "/v1/predictions";
    private const string One = """{"as_of":"2024-12-21","customers":[{"customer_id":"a","transactions":[{"date":"2024-12-01","amount":30}]}]}""";

    [Theory]
    [InlineData("""{"customers":[{"customer_id":"a","transactions":[""", "{}", "]}]}")]
    [InlineData("""{"customers":[""", "{}", "]}")]
    [InlineData("""{"customers":[{"customer_id":"a","transactions":[""", "null", "]}]}")]
    [InlineData("""{"customers":[""", "{\"customer_id\":\"a\",\"transactions\":[{}]}", "]}")]
    public async Task A_large_body_of_nothing_costs_no_more_than_a_few_times_its_size(string head, string item, string tail)
    {
        const int Size = 16_000_000;
        using ServingHost host = ServingHost.Start(trained.Folder);
        byte[] body = Encoding.UTF8.GetBytes(head + string.Join(',', Enumerable.Repeat(item, Size / (item.Length + 1))) + tail);
        await SendAsync(host, body);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Stopwatch watch = Stopwatch.StartNew();

        Answer answer = await SendAsync(host, body);

        answer.ShouldBeProblem(422, "invalid-request").Should().HaveCount(100);
        // The body once, what server and caller pass it through in pieces, and a list for the first lines; it was 58 times the size.
        (GC.GetTotalAllocatedBytes(precise: true) - before).Should().BeLessThan(3 * Size);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Unknown_members_without_end_are_neither_kept_nor_repeated()
    {
        using ServingHost host = ServingHost.Start(trained.Folder);
        string many = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"m{i}\":1"));
        string spread = string.Join(',', Enumerable.Range(0, 3000).Select(i => $$"""{"date":"2024-01-01","amount":1,"m{{i}}":1}"""));

        (await host.PostAsync(Predictions, "{" + many + "}")).ShouldBeProblem(400, "malformed-request").Should().ContainSingle().Which.Value![0]!.GetValue<string>().Should().StartWith("found more than 1000 members");
        (await host.PostAsync(Predictions, $$"""{"customers":[{"customer_id":"a","transactions":[{{spread}}]}]}""")).Json["findings"]!.ToJsonString().Should().Contain("and 2,980 more");
    }

    [Fact]
    public async Task Batches_beyond_the_queue_are_told_when_to_come_again_and_single_calls_go_on()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("Calls:BatchQueue", "0"));
        string customers = string.Join(',', Enumerable.Range(0, 6000).Select(i => $$"""{"customer_id":"c{{i}}","transactions":[{"date":"2024-01-01","amount":1},{"date":"2024-05-01","amount":2}]}"""));
        byte[] batch = Encoding.UTF8.GetBytes($$"""{"as_of":"2024-12-21","customers":[{{customers}}]}""");
        (await host.PostAsync(Predictions, One)).Status.Should().Be(HttpStatusCode.OK);

        Task<HttpResponseMessage>[] batches = [.. Enumerable.Range(0, 8 * Environment.ProcessorCount).Select(_ => host.Client.PostAsync(new Uri(Predictions, UriKind.Relative), Json(batch)))];
        List<HttpStatusCode> singles = [];
        while (!batches.All(call => call.IsCompleted))
        {
            singles.Add((await host.PostAsync(Predictions, One)).Status);
            (await host.GetAsync("/health/live")).Status.Should().Be(HttpStatusCode.OK);
        }

        HttpResponseMessage[] answers = await Task.WhenAll(batches);
        answers.Select(answer => (int)answer.StatusCode).Should().BeSubsetOf([200, 429]).And.Contain(200).And.Contain(429);
        foreach (HttpResponseMessage refused in answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests))
        {
            refused.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero);
            (await Answer.ReadAsync(refused)).ShouldBeProblem(429, "busy");
        }
        singles.Should().Contain(HttpStatusCode.OK).And.OnlyContain(status => status == HttpStatusCode.OK || status == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Slow_callers_hold_nothing_but_their_connections_and_not_for_long()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("Calls:BodySeconds", "2"), ("Calls:HeadSeconds", "2"));
        await host.PostAsync(Predictions, One);
        List<TcpClient> slow = [];
        for (int i = 0; i < 200; i++)
        {
            TcpClient caller = new();
            await caller.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(i % 2 == 0 ? "POST /v1/predictions HTTP/1.1\r\nHost: localhost\r\nConte"
                : $"POST /v1/predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {(i % 4 == 1 ? 1000 : 50_000_000)}\r\n\r\n{{\"customers\":["));
            slow.Add(caller);
        }

        for (int i = 0; i < 20; i++)
            (await host.PostAsync(Predictions, One)).Status.Should().Be(HttpStatusCode.OK);
        string[] ends = await Task.WhenAll(slow.Select(RawAnswer.ReadAsync));

        // 50,000,000 bytes are lent to five callers at most; the others are told at once that there is no more.
        ends.Where((_, i) => i % 4 == 1).Should().OnlyContain(end => end.StartsWith("HTTP/1.1 408 ") && end.Contains("urn:customer-value:problem:too-slow"));
        ends.Where((_, i) => i % 4 == 3).Should().OnlyContain(end => end.StartsWith("HTTP/1.1 408 ") || end.StartsWith("HTTP/1.1 429 ")).And.Contain(end => end.StartsWith("HTTP/1.1 429 "));
        ends.Where((_, i) => i % 2 == 0).Should().OnlyContain(end => end.Length == 0 || end.StartsWith("HTTP/1.1 408 "));
        slow.ForEach(caller => caller.Dispose());
        (await host.PostAsync(Predictions, One)).Status.Should().Be(HttpStatusCode.OK);
    }

    private static Task<Answer> SendAsync(ServingHost host, byte[] body) => Task.Run(async () => await Answer.ReadAsync(await host.Client.PostAsync(new Uri(Predictions, UriKind.Relative), Json(body))));

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}

/// <summary>Tests that measure what the process as a whole takes run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
