using System.Net.Sockets;
using System.Text;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>What comes back over a bare socket.</summary>
internal static class RawAnswer
{
    /// <summary>Everything until the service closes the connection, also where it closes with what was sent unread.</summary>
    public static async Task<string> ReadAsync(TcpClient caller)
    {
        StringBuilder answer = new();
        byte[] buffer = new byte[4096];
        try
        {
            while (await caller.GetStream().ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(60)) is > 0 and int read)
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // A connection that was reset has ended too.
        }
        return answer.ToString();
    }
}
