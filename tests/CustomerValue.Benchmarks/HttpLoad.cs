using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerValue.Benchmarks;

/// <summary>A load generator that costs little itself: ready bytes over plain sockets, one request under way a connection.</summary>
internal static class HttpLoad
{
    private const int AnswerBytes = 1 << 16;

    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public static byte[] Post(string path, string json) =>
        Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Answers received within a time, and the seconds that really passed.</summary>
    public static (long Answers, double Seconds) Run(int port, byte[] request, int connections, TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        Task<long>[] callers = [.. Enumerable.Range(0, connections).Select(_ => CallAsync(port, request, started, time))];
        long answers = Task.WhenAll(callers).GetAwaiter().GetResult().Sum();
        return (answers, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task<long> CallAsync(int port, byte[] request, long started, TimeSpan time)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        byte[] answer = new byte[AnswerBytes];
        long answers = 0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            await socket.SendAsync(request);
            int length = 0;
            do
            {
                if (length == answer.Length)
                    Array.Resize(ref answer, 2 * length);
                int read = await socket.ReceiveAsync(answer.AsMemory(length));
                if (read == 0)
                    throw new InvalidOperationException("The service closed the connection.");
                length += read;
            }
            while (!IsWhole(answer.AsSpan(0, length)));
            if (!answer.AsSpan().StartsWith("HTTP/1.1 200 "u8))
                throw new InvalidOperationException($"The service answered {Encoding.UTF8.GetString(answer, 0, length)}");
            answers++;
        }
        return answers;
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        int head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        int at = answer[..head].IndexOf("Content-Length: "u8);
        if (at < 0)
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        int length = 0;
        foreach (byte digit in answer[(at + "Content-Length: "u8.Length)..head])
        {
            if (digit is < (byte)'0' or > (byte)'9')
                break;
            length = 10 * length + digit - '0';
        }
        return answer.Length >= head + 4 + length;
    }
}
