using System.Net;
using System.Net.Sockets;
using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>API7: no text of a call is taken for an address.</summary>
public sealed class ServerSideRequestForgeryTests(LockedHost locked) : IClassFixture<LockedHost>
{
    [Fact]
    public async Task Addresses_in_calls_are_not_called()
    {
        using TcpListener trap = new(IPAddress.Loopback, 0);
        trap.Start();
        string address = $"http://127.0.0.1:{((IPEndPoint)trap.LocalEndpoint).Port}/";

        await locked.SendAsync("POST", "/v1/predictions", AccessScope.Predict, LockedHost.Prediction.Replace("\"a\"", $"\"{address}\"", StringComparison.Ordinal), ("Referer", address), ("X-Forwarded-Host", address), ("Origin", address));
        await locked.SendAsync("GET", $"/v1/customers/{Uri.EscapeDataString(address)}", AccessScope.Read);
        await locked.SendAsync("GET", $"/v1/customers?search={Uri.EscapeDataString(address)}&url={Uri.EscapeDataString(address)}", AccessScope.Read);
        await Task.Delay(200);

        trap.Pending().Should().BeFalse();
    }
}
