using System.Net;
using System.Net.Sockets;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>Passes bytes on between a caller and a server, and cuts both off, or falls silent, once so many came from the server on one connection.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public CuttingProxy(int server, long bytes, bool cuts = true)
    {
        Bytes = bytes;
        _listener.Start();
        _ = AcceptAsync(server, cuts);
    }

    /// <summary>How many pass on each connection from now on.</summary>
    public long Bytes { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync(int server, bool cuts)
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptTcpClientAsync(), server, Bytes, cuts);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private static async Task PassAsync(TcpClient caller, int server, long bytes, bool cuts)
    {
        using TcpClient behind = new();
        await behind.ConnectAsync(IPAddress.Loopback, server);
        using (caller)
        {
            await using NetworkStream near = caller.GetStream(), far = behind.GetStream();
            Task asks = near.CopyToAsync(far);
            byte[] buffer = new byte[16_384];
            try
            {
                for (int read; bytes > 0 && (read = await far.ReadAsync(buffer)) > 0; bytes -= read)
                    await near.WriteAsync(buffer.AsMemory(0, read));
                if (!cuts)
                    await asks; // silent until the caller leaves
            }
            catch (IOException)
            {
                // The caller left.
            }
        }
    }
}
