using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerValue.Serving.Tests.Telemetry;

/// <summary>Takes in what a program sends by OTLP over HTTP, as it came.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();

    private Collector(int port)
    {
        Address = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = TakeAsync();
    }

    public string Address { get; }

    /// <summary>Everything sent to a path: <c>/v1/metrics</c>, <c>/v1/traces</c>, <c>/v1/logs</c>.</summary>
    public ConcurrentDictionary<string, string> Sent { get; } = [];

    public static Collector Start()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new Collector(port);
    }

    /// <summary>Waits until something was sent to a path.</summary>
    public async Task<string> ReceiveAsync(string path, params string[] parts)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            if (Sent.TryGetValue(path, out string? text) && parts.All(part => text.Contains(part, StringComparison.Ordinal)))
                return text;
            await Task.Delay(100);
        }
        return Sent.GetValueOrDefault(path, "");
    }

    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext call = await _listener.GetContextAsync();
                using MemoryStream body = new();
                await call.Request.InputStream.CopyToAsync(body);
                // Texts of these messages are plain UTF-8; Latin 1 keeps every byte.
                Sent.AddOrUpdate(call.Request.Url!.AbsolutePath, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
                call.Response.ContentType = "application/x-protobuf";
                call.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
