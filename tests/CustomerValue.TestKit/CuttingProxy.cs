using System.Net;
using System.Net.Sockets;

namespace CustomerValue.TestKit;

/// <summary>Passes bytes on between a caller and a server on this machine, and cuts both off, or falls silent, once so many went one way on one connection.</summary>
public sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _cuts;

    /// <summary>Listens.</summary>
    /// <param name="server">The server's port.</param>
    /// <param name="fromServer">Bytes from the server after which it is over.</param>
    /// <param name="fromCaller">Bytes from the caller after which it is over.</param>
    /// <param name="cuts">Whether connections are cut then; else no byte goes either way, until the caller leaves.</param>
    public CuttingProxy(int server, long fromServer = long.MaxValue, long fromCaller = long.MaxValue, bool cuts = true)
    {
        _cuts = cuts;
        FromServer = fromServer;
        _listener.Start();
        _ = AcceptAsync(server, fromCaller);
    }

    /// <summary>Bytes from the server after which it is over on connections that are made from now on.</summary>
    public long FromServer { get; set; }

    /// <summary>Its own port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends once a connection is over.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Takes no calls any more.</summary>
    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync(int server, long fromCaller)
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(), server, FromServer, fromCaller);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient caller, int server, long fromServer, long fromCaller)
    {
        using TcpClient behind = new();
        await behind.ConnectAsync(IPAddress.Loopback, server);
        using (caller)
        {
            await using NetworkStream near = caller.GetStream(), far = behind.GetStream();
            await Task.WhenAny(PassAsync(far, near, fromServer), PassAsync(near, far, fromCaller));
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, long bytes)
    {
        byte[] buffer = new byte[16_384];
        try
        {
            while (await from.ReadAsync(buffer) is var read and > 0)
            {
                if (bytes > 0)
                    await to.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, bytes)));
                if ((bytes -= read) > 0)
                    continue;
                _reached.TrySetResult();
                if (_cuts)
                    return;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // One of them left.
        }
    }
}
