using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Sources.Databases;

/// <summary>
/// ClickHouse's HTTP interface, which servers old and new answer alike. The user comes from the address or CLICKHOUSE_USER, the password from CLICKHOUSE_PASSWORD or the file that
/// CLICKHOUSE_PASSWORD_FILE names.
/// </summary>
/// <remarks>An answer is given once it is whole (<c>wait_end_of_query</c>): an error half way would otherwise end a good-looking answer early.</remarks>
internal sealed class ClickHouseHttp(SourceAddress address)
{
    private const int ConnectSeconds = 15, ExcerptLength = 300;
    private const string UserVariable = "CLICKHOUSE_USER", PasswordVariable = "CLICKHOUSE_PASSWORD", PasswordFileVariable = "CLICKHOUSE_PASSWORD_FILE";

    /// <summary>Asks a question; the server refuses to write, and stops by itself what takes too long.</summary>
    /// <param name="what">What messages call it.</param>
    /// <param name="sql">The question.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="threads">Threads there: of one, sums are the same to the last bit every time. The server's choice where null.</param>
    /// <exception cref="BadDataException">There is no answer.</exception>
    public SourceStream Ask(string what, string sql, CancellationToken cancellation, int? threads = null) =>
        Send(what, new StringContent(sql, Encoding.UTF8), string.Create(CultureInfo.InvariantCulture, $"readonly=2&max_execution_time={address.Timeout.TotalSeconds:0}{(threads is { } most ? $"&max_threads={most}" : "")}"), address.Timeout, cancellation);

    /// <summary>Has something changed.</summary>
    /// <param name="what">What messages call it.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="rows">Writes the rows that go with it; none where null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BadDataException">It was not done, or nobody knows.</exception>
    public void Tell(string what, string sql, Action<Stream>? rows, CancellationToken cancellation)
    {
        // Rows take as long as they take: the connection alone is waited for, each time.
        using SourceStream answer = rows is null ? Send(what, new StringContent(sql, Encoding.UTF8), "", address.Timeout, cancellation)
            : Send(what, new RowContent(rows), "query=" + Uri.EscapeDataString(sql), System.Threading.Timeout.InfiniteTimeSpan, cancellation);
        answer.CopyTo(Stream.Null);
    }

    /// <summary>The beginning of a long text.</summary>
    public static string Excerpt(string text) => text.ReplaceLineEndings(" ").Trim() is var line && line.Length > ExcerptLength ? line[..ExcerptLength] + "..." : line;

    private SourceStream Send(string what, HttpContent content, string settings, TimeSpan timeout, CancellationToken cancellation)
    {
        HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(ConnectSeconds), ConnectCallback = ConnectAsync }) { Timeout = timeout };
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, Place(settings)) { Content = content };
            string user = address.User ?? Environment.GetEnvironmentVariable(UserVariable) ?? "default";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password()}")));
            HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                using StreamReader reader = new(response.Content.ReadAsStream(cancellation));
                throw new BadDataException($"{address}: found an error of the server while it was asked for {what} ({(int)response.StatusCode}: {Excerpt(reader.ReadToEnd())}), expected an answer; check the table or query, the user before an @ in the address and what it may do, and the password in {PasswordVariable}.");
            }
            return new SourceStream(response.Content.ReadAsStream(cancellation), client, error => IsFault(error) ? Unreached(what, error) : null);
        }
        catch (Exception error)
        {
            client.Dispose();
            cancellation.ThrowIfCancellationRequested();
            if (IsFault(error))
                throw Unreached(what, error);
            throw;
        }
    }

    /// <summary>A connection that waits for the next bytes, and for its own to be taken, no longer than was told.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        int most = (int)address.Timeout.TotalMilliseconds;
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = most, SendTimeout = most };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsFault(Exception error) => error is HttpRequestException or TaskCanceledException or IOException;

    private BadDataException Unreached(string what, Exception error) =>
        new($"{address}: found no whole answer of a server when it was asked for {what} ({error.InnerException?.Message ?? error.Message}), expected ClickHouse at {address.Host}:{address.Port}; check that it runs and can be reached, or give it longer with timeout=SECONDS.", error);

    private Uri Place(string settings) =>
        new($"{(address.IsSecure ? "https" : "http")}://{address.Host}:{address.Port.ToString(CultureInfo.InvariantCulture)}/?database={Uri.EscapeDataString(address.Database.Length > 0 ? address.Database : "default")}&wait_end_of_query=1{(settings.Length > 0 ? "&" + settings : "")}");

    private string Password()
    {
        if (Environment.GetEnvironmentVariable(PasswordVariable) is { } password)
            return password;
        if (Environment.GetEnvironmentVariable(PasswordFileVariable) is not { Length: > 0 } file)
            return "";
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{address}: found a file in {PasswordFileVariable} that cannot be read ({error.Message}), expected the password in it; check the path and its permissions.", error);
        }
    }

    /// <summary>Rows as they are written.</summary>
    private sealed class RowContent(Action<Stream> write) : HttpContent
    {
        protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) => write(stream);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            write(stream);
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
