using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>The program is told to end while callers are still sending.</summary>
public sealed class DrainTests(TrainedStore trained)
{
    private const string Body = """{"as_of":"2024-12-21","customers":[{"customer_id":"a","transactions":[{"date":"2024-12-01","amount":30}]}]}""";

    [Fact]
    public async Task Calls_under_way_are_finished_and_those_too_slow_for_it_are_told_to_try_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGTERM is of Unix.");
        int port = FreePort();
        ProcessStartInfo start = new("dotnet", [typeof(ServingOptions).Assembly.Location, $"--urls=http://127.0.0.1:{port}", $"--Store={trained.Folder}", "--DrainSeconds=4"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process service = Process.Start(start)!;
        Task<string> output = service.StandardOutput.ReadToEndAsync(), errors = service.StandardError.ReadToEndAsync();
        using TcpClient quick = await ConnectAsync(port), never = await ConnectAsync(port);
        using HttpClient client = new();
        using StringContent warm = new(Body, Encoding.UTF8, "application/json");
        (await client.PostAsync(new Uri($"http://127.0.0.1:{port}/v1/predictions"), warm)).IsSuccessStatusCode.Should().BeTrue("what follows is not about the first call of all");
        foreach (TcpClient caller in (TcpClient[])[quick, never])
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..20]}"));
        await Task.Delay(1500);

        using (Process kill = Process.Start("kill", ["-TERM", $"{service.Id}"]))
            await kill.WaitForExitAsync();
        await Task.Delay(500);
        await quick.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Body[20..]));

        (await RawAnswer.ReadAsync(quick)).Should().StartWith("HTTP/1.1 200 ").And.Contain("churn_probability");
        (await RawAnswer.ReadAsync(never)).Should().StartWith("HTTP/1.1 503 ").And.Contain("urn:customer-value:problem:draining").And.Contain("Retry-After");
        await service.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        service.ExitCode.Should().Be(0);
        (await output + await errors).Should().NotContain("Exception");
    }

    private static async Task<TcpClient> ConnectAsync(int port)
    {
        for (int attempt = 0; ; attempt++)
            try
            {
                TcpClient caller = new();
                await caller.ConnectAsync("127.0.0.1", port);
                return caller;
            }
            catch (SocketException) when (attempt < 300)
            {
                await Task.Delay(100);
            }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
