using System.Net;
using System.Net.Sockets;
using System.Text;
using CustomerValue.Training.Doctor;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>What <c>doctor --service</c> says where no service of ours answers; a real one: Serving.Tests.</summary>
public sealed class ServiceDoctorTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Where_nothing_listens_the_address_is_told_with_exit_code_5_and_nothing_more_is_asked()
    {
        int port = FreePort();
        Run run = await _workspace.RunAsync("doctor", "--service", $"http://127.0.0.1:{port}", "--json");

        run.ExitCode.Should().Be(ExitCode.Store);
        run.Json["checks"]!.AsArray().Should().ContainSingle();
        run.Json["checks"]![0]!["state"]!.GetValue<string>().Should().Be("broken");
        run.Json["checks"]![0]!["place"]!.GetValue<string>().Should().Be($"http://127.0.0.1:{port}/health/live");
        run.Json["checks"]![0]!["found"]!.GetValue<string>().Should().Contain("refused");
        run.Json["checks"]![0]!["advice"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<h1>Hi!</h1>", "200 text/html '<h1>Hi!</h1>'")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"status\":{}}", "200 application/json")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/elsewhere\r\nContent-Length: 0\r\n\r\n", "302")]
    [InlineData("220 mail.example.com ESMTP\r\n", "invalid")]
    public async Task A_server_that_is_another_program_is_told(string answers, string found)
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        Task<string> serves = ServeAsync(other, answers);

        Run run = await _workspace.RunAsync("doctor", "--service", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}", "--key", "cv_secret", "--json");
        other.Stop();
        string heard = await serves;

        run.ExitCode.Should().Be(ExitCode.Store);
        run.Json["checks"]!.AsArray().Should().ContainSingle();
        run.Json["checks"]![0]!["found"]!.GetValue<string>().Should().Contain(found);
        run.Json["checks"]![0]!["expected"]!.GetValue<string>().Should().NotBeEmpty();
        heard.Should().Contain("/health/live").And.NotContain("cv_secret", "a key goes to no other program");
    }

    [Fact]
    public async Task Whatever_a_server_answers_becomes_a_check_and_a_clock_that_is_off_is_told()
    {
        using TcpListener odd = new(IPAddress.Loopback, 0);
        odd.Start();
        const string Body = """{"status":"live","champion":[1],"cutoff":7,"detail":{"a":"b"}}""";
        Task<string> serves = ServeAsync(odd, $"HTTP/1.1 200 OK\r\nDate: Wed, 15 Jan 2025 12:10:00 GMT\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

        _workspace.Width = 80;
        string address = $"http://127.0.0.1:{((IPEndPoint)odd.LocalEndpoint).Port}";
        Run run = await _workspace.RunAsync("doctor", "--service", address, "--json"), people = await _workspace.RunAsync("doctor", "--service", address);
        odd.Stop();
        await serves;

        run.ExitCode.Should().Be(ExitCode.Store);
        people.Out.Split('\n').Should().OnlyContain(line => line.TrimEnd().Length <= 80).And.Contain(line => line.StartsWith("broken  headers"));
        Dictionary<string, string> states = run.Json["checks"]!.AsArray().ToDictionary(check => check!["name"]!.GetValue<string>(), check => check!["state"]!.GetValue<string>() + ": " + check["found"]!.GetValue<string>());
        states["live"].Should().StartWith("fine");
        states["clock"].Should().Be("note: 600 s ahead of this machine's");
        states["headers"].Should().StartWith("broken: without Cache-Control: no-store; X-Content-Type-Options: nosniff");
        states["model"].Should().StartWith("broken");
        states["metrics"].Should().StartWith("note");
    }

    [Fact]
    public async Task A_server_that_takes_calls_and_does_not_answer_is_given_up_after_the_timeout()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        long start = TimeProvider.System.GetTimestamp();

        Run run = await _workspace.RunAsync("doctor", "--service", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", "--timeout", "1", "--json");

        run.ExitCode.Should().Be(ExitCode.Store);
        run.Json["checks"]![0]!["found"]!.GetValue<string>().Should().Contain("no answer within 1 s");
        TimeProvider.System.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(9), "the usual timeout is 10 s");
    }

    [Theory]
    [InlineData("values.example.com")]
    [InlineData("ftp://values.example.com")]
    [InlineData("http://user:secret@values.example.com")]
    public async Task What_is_no_address_of_a_service_is_refused(string address)
    {
        Run run = await _workspace.RunAsync("doctor", "--service", address);
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain(address).And.Contain("such as https://values.example.com");
    }

    [Fact]
    public async Task A_key_wants_a_service() =>
        (await _workspace.RunAsync("doctor", "--key", "cv_x")).ExitCode.Should().Be(ExitCode.Usage);

    [Theory]
    [InlineData("127.0.0.9", nameof(Reach.Machine))]
    [InlineData("::1", nameof(Reach.Machine))]
    [InlineData("::ffff:127.0.0.1", nameof(Reach.Machine))]
    [InlineData("10.1.2.3", nameof(Reach.Network))]
    [InlineData("172.16.0.1", nameof(Reach.Network))]
    [InlineData("172.31.255.255", nameof(Reach.Network))]
    [InlineData("172.32.0.1", nameof(Reach.Public))]
    [InlineData("192.168.7.7", nameof(Reach.Network))]
    [InlineData("192.169.0.1", nameof(Reach.Public))]
    [InlineData("169.254.1.1", nameof(Reach.Network))]
    [InlineData("100.64.0.1", nameof(Reach.Network))]
    [InlineData("100.128.0.1", nameof(Reach.Public))]
    [InlineData("fd00::1", nameof(Reach.Network))]
    [InlineData("fe80::1", nameof(Reach.Network))]
    [InlineData("2001:db8::1", nameof(Reach.Public))]
    [InlineData("::ffff:203.0.113.9", nameof(Reach.Public))]
    [InlineData("203.0.113.9", nameof(Reach.Public))]
    public void How_far_an_address_reaches_follows_its_block(string address, string reach) =>
        ServiceAddress.ReachOf(IPAddress.Parse(address)).ToString().Should().Be(reach);

    [Theory]
    [InlineData("http://values.example.com/", nameof(Reach.Public), nameof(CheckState.Broken))]
    [InlineData("http://values.example.com/", nameof(Reach.Network), nameof(CheckState.Note))]
    [InlineData("http://values.example.com/", nameof(Reach.Machine), nameof(CheckState.Fine))]
    [InlineData("https://values.example.com/", nameof(Reach.Public), nameof(CheckState.Fine))]
    public void A_public_address_wants_tls(string service, string reach, string state) =>
        ServiceAddress.Check(new Uri(service), Enum.Parse<Reach>(reach)).State.ToString().Should().Be(state);

    [Fact]
    public void A_host_reaches_as_far_as_the_farthest_of_its_addresses()
    {
        ServiceAddress.ReachOf([IPAddress.Loopback, IPAddress.Parse("203.0.113.9")]).Should().Be(Reach.Public);
        ServiceAddress.ReachOf([]).Should().Be(Reach.Public, "what is unknown is not trusted");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Answers every connection with the same bytes until it is stopped, and gives what it heard.</summary>
    private static async Task<string> ServeAsync(TcpListener listener, string answers)
    {
        StringBuilder heard = new();
        byte[] buffer = new byte[8192];
        try
        {
            while (true)
            {
                using TcpClient caller = await listener.AcceptTcpClientAsync();
                NetworkStream stream = caller.GetStream();
                heard.Append(Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer)));
                await stream.WriteAsync(Encoding.Latin1.GetBytes(answers));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException or IOException) // the listener was stopped: before, while or after it was asked
        {
            return heard.ToString();
        }
    }
}
