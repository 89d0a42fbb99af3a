using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CustomerValue.Benchmarks;

/// <summary>The real serving app as a process of its own behind a free port of the loopback address.</summary>
internal sealed class ServingProcess : IDisposable
{
    private const string Assembly = "CustomerValue.Serving.dll";
    private readonly Process _process;

    private ServingProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Processor time that the service has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static ServingProcess Start(string store)
    {
        int port = FreePort();
        ProcessStartInfo start = new(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, Assembly), "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), "--Store", store, "--Logging:LogLevel:Default", "Warning"])
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        ServingProcess service = new(process, port);
        service.AwaitReady();
        return service;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void AwaitReady()
    {
        using HttpClient client = new();
        Uri ready = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/health/ready"));
        for (int attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using HttpResponseMessage answer = client.Send(new HttpRequestMessage(HttpMethod.Get, ready));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!_process.HasExited) // not listening yet
            {
            }
            Thread.Sleep(100);
        }
        throw new InvalidOperationException("The service did not become ready within 30 seconds.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
