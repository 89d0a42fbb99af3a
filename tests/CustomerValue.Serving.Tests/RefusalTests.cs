using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Over bare sockets: every refusal that becomes a call says why; those that the server gives before there is a call have no body, and are the ones that docs/http.md lists.</summary>
public sealed class RefusalTests(SteadyHost steady) : IClassFixture<SteadyHost>
{
    private const string Host = "Host: localhost\r\n", Json = "Content-Type: application/json\r\n";

    public static TheoryData<string, int, string> Calls => new()
    {
        { $"GET /nothing HTTP/1.1\r\n{Host}", 404, "unknown-route" },
        { $"BREW /nothing HTTP/1.1\r\n{Host}", 404, "unknown-route" },
        { $"DELETE /health/live HTTP/1.1\r\n{Host}", 405, "wrong-method" },
        { $"BREW /v1/predictions HTTP/1.1\r\n{Host}", 405, "wrong-method" },
        { $"OPTIONS * HTTP/1.1\r\n{Host}", 405, "wrong-method" },
        { $"POST /metrics HTTP/1.1\r\n{Host}Content-Length: 0\r\n", 405, "wrong-method" },
        { $"POST /v1/predictions HTTP/1.1\r\n{Host}{Json}Content-Length: 99999999999\r\n", 413, "too-large" },
        { $"POST /v1/predictions HTTP/1.1\r\n{Host}Content-Type: text/plain\r\nContent-Length: 0\r\n", 415, "unsupported-media-type" },
        { $"POST /v1/predictions HTTP/1.1\r\n{Host}{Json}Transfer-Encoding: chunked\r\n\r\nZZ\r\n", 400, "status-400" },
        { $"POST /v1/predictions HTTP/1.1\r\n{Host}{Json}Content-Length: 0\r\n", 400, "malformed-request" },
        { "GET /health/live HTTP/1.1\r\nHost: evil.example\r\n", 400, "unknown-host" },
        { "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n", 405, "wrong-method" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_becomes_a_call_is_refused_with_problem_details(string head, int status, string kind)
    {
        (string first, string headers, string body) = await AskAsync(head.Contains("\r\n\r\n", StringComparison.Ordinal) ? head : $"{head}Connection: close\r\n\r\n");

        first.Should().StartWith($"HTTP/1.1 {status} ");
        headers.Should().Contain("Content-Type: application/problem+json").And.Contain("X-Content-Type-Options: nosniff");
        JsonNode problem = JsonNode.Parse(body[body.IndexOf('{')..(body.LastIndexOf('}') + 1)])!;
        problem["type"]!.GetValue<string>().Should().Be($"urn:customer-value:problem:{kind}");
        problem["status"]!.GetValue<int>().Should().Be(status);
        problem["title"]!.GetValue<string>().Should().NotBeNullOrWhiteSpace();
    }

    public static TheoryData<string, int> Refused => new()
    {
        { "GARBAGE\r\n\r\n", 400 },
        { "GET /health/live HTTP/1.1\r\n\r\n", 400 },
        { "GET /health/live HTTP/1.1\r\nHost: a b\r\n\r\n", 400 },
        { $"GET /health/live HTTP/1.1\r\n{Host}no colon\r\n\r\n", 400 },
        { $"GET /v1/customers/%00 HTTP/1.1\r\n{Host}\r\n", 400 },
        { $"POST /v1/predictions HTTP/1.1\r\n{Host}{Json}Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400 },
        { $"POST /v1/predictions HTTP/1.1\r\n{Host}{Json}Transfer-Encoding: gzip\r\n\r\n", 400 },
        { $"GET /{new string('a', 9000)} HTTP/1.1\r\n{Host}\r\n", 414 },
        { $"GET /health/live HTTP/1.1\r\n{Host}X: {new string('a', 40_000)}\r\n\r\n", 431 },
        { $"GET /health/live HTTP/3.0\r\n{Host}\r\n", 505 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_the_server_cannot_read_has_a_status_no_body_and_a_closed_connection(string sent, int status)
    {
        (string first, string headers, string body) = await AskAsync(sent);

        first.Should().StartWith($"HTTP/1.1 {status} ");
        headers.Should().Contain("Content-Length: 0").And.Contain("Connection: close");
        body.Should().BeEmpty();
        File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "docs", "http.md")).Should().MatchRegex($@"no body[^|]*\b{status}\b", "the docs list it");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task Head_of_a_probe_is_200_without_a_body(string path)
    {
        (string first, _, string body) = await AskAsync($"HEAD {path} HTTP/1.1\r\n{Host}Connection: close\r\n\r\n");

        first.Should().StartWith("HTTP/1.1 200 ");
        body.Should().BeEmpty();
    }

    private async Task<(string First, string Headers, string Body)> AskAsync(string sent)
    {
        using TcpClient caller = new();
        await caller.ConnectAsync(IPAddress.Loopback, steady.Host.Client.BaseAddress!.Port);
        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
        string answer = await RawAnswer.ReadAsync(caller);
        int end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (answer.Split("\r\n")[0], answer[..end], answer[(end + 4)..]);
    }
}
