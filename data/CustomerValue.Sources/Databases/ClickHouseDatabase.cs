using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Sources.Databases;

/// <summary>
/// ClickHouse over its HTTP interface, which servers old and new answer alike. The user comes from the address or CLICKHOUSE_USER, the password from CLICKHOUSE_PASSWORD or the file that
/// CLICKHOUSE_PASSWORD_FILE names.
/// </summary>
/// <remarks>An answer is given once it is whole (<c>wait_end_of_query</c>): an error half way would otherwise end a good-looking answer early.</remarks>
internal sealed class ClickHouseDatabase(SourceAddress address) : Database(address)
{
    private const int ConnectSeconds = 15, ExcerptLength = 300;
    private const string UserVariable = "CLICKHOUSE_USER", PasswordVariable = "CLICKHOUSE_PASSWORD", PasswordFileVariable = "CLICKHOUSE_PASSWORD_FILE";

    public override SqlDialect Dialect => ClickHouseDialect.Instance;

    // Old servers take a subquery without the word AS behind it, new ones both.
    public override string Relation => Address.Query is { } query ? $"({query})" : base.Relation;

    public override IReadOnlyList<DatabaseColumn> Columns() => [.. NamesAndTypes().Select(column => new DatabaseColumn(column.Name, TypeOf(column.Type)))];

    public override ITransactionSource Rows()
    {
        // Missing values become empty fields: how else they are written depends on the server. Blanks go here, since texts come in quotes.
        string[] columns = [.. NamesAndTypes().Where(column => TypeOf(column.Type) != ColumnType.Other).Select(column =>
            TypeOf(column.Type) == ColumnType.Text || column.Type.Contains("Nullable(", StringComparison.Ordinal) ? $"ifNull({Dialect.Text(Dialect.Name(column.Name))}, '') AS {Dialect.Name(column.Name)}" : Dialect.Name(column.Name))];
        return new Table(this, $"SELECT {string.Join(", ", columns)} FROM {Relation} FORMAT CSVWithNames");
    }

    public override void Run(string name, string sql, int numbers, Action<string, double[]> take, CancellationToken cancellation)
    {
        using SourceStream answer = Ask(name, sql + " FORMAT TabSeparated", "&max_threads=1", cancellation);
        using StreamReader lines = new(answer, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        double[] values = new double[numbers];
        while (lines.ReadLine() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = line.IndexOf('\t', StringComparison.Ordinal), from = end + 1;
            for (int i = 0; i < numbers; i++)
            {
                int to = line.IndexOf('\t', from) is var tab and >= 0 ? tab : line.Length;
                ReadOnlySpan<char> field = line.AsSpan(from, to - from);
                values[i] = field switch
                {
                    "\\N" or "nan" or "-nan" => double.NaN,
                    "inf" => double.PositiveInfinity,
                    "-inf" => double.NegativeInfinity,
                    _ => double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture),
                };
                from = to + 1;
            }
            take(Unescaped(line[..end]), values);
        }
    }

    private List<(string Name, string Type)> NamesAndTypes()
    {
        using SourceStream answer = Ask("columns", $"SELECT * FROM {Relation} LIMIT 0 FORMAT TabSeparatedWithNamesAndTypes", "", CancellationToken.None);
        using StreamReader lines = new(answer, Encoding.UTF8);
        string[] names = (lines.ReadLine() ?? "").Split('\t'), types = (lines.ReadLine() ?? "").Split('\t');
        return names.Length == types.Length ? [.. names.Zip(types, (name, type) => (Unescaped(name), type))]
            : throw new BadDataException($"{Address}: found an answer of another program ('{Excerpt(string.Join(' ', names))}'), expected ClickHouse's HTTP interface; give its port, usually 8123.");
    }

    private static ColumnType TypeOf(string type)
    {
        string plain = type;
        foreach (string wrap in (string[])["LowCardinality(", "Nullable("])
            if (plain.StartsWith(wrap, StringComparison.Ordinal))
                plain = plain[wrap.Length..^1];
        return plain switch
        {
            "Date" or "Date32" => ColumnType.Day,
            _ when plain.StartsWith("DateTime", StringComparison.Ordinal) => ColumnType.Moment,
            _ when plain.StartsWith("Int", StringComparison.Ordinal) && !plain.StartsWith("Interval", StringComparison.Ordinal) => ColumnType.Number,
            _ when plain.StartsWith("UInt", StringComparison.Ordinal) || plain.StartsWith("Float", StringComparison.Ordinal) || plain.StartsWith("Decimal", StringComparison.Ordinal) => ColumnType.Number,
            "String" or "UUID" => ColumnType.Text,
            _ when plain.StartsWith("FixedString", StringComparison.Ordinal) || plain.StartsWith("Enum", StringComparison.Ordinal) => ColumnType.Text,
            _ => ColumnType.Other,
        };
    }

    private SourceStream Ask(string what, string sql, string settings, CancellationToken cancellation)
    {
        HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(ConnectSeconds), ConnectCallback = ConnectAsync }) { Timeout = Address.Timeout };
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, Uri(settings)) { Content = new StringContent(sql, Encoding.UTF8) };
            string user = Address.User ?? Environment.GetEnvironmentVariable(UserVariable) ?? "default";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password()}")));
            HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                using StreamReader reader = new(response.Content.ReadAsStream(cancellation));
                throw new BadDataException($"{Address}: found an error of the server while it was asked for {what} ({(int)response.StatusCode}: {Excerpt(reader.ReadToEnd())}), expected an answer; check the table or query, the user before an @ in the address and the password in {PasswordVariable}.");
            }
            return new SourceStream(response.Content.ReadAsStream(cancellation), client, error => IsFault(error) ? Unreached(what, error) : null);
        }
        catch (Exception error)
        {
            client.Dispose();
            if (IsFault(error) && !cancellation.IsCancellationRequested)
                throw Unreached(what, error);
            throw;
        }
    }

    /// <summary>A connection that waits for the next bytes no longer than was told.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Address.Timeout.TotalMilliseconds };
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
        new($"{Address}: found no whole answer of a server when it was asked for {what} ({error.InnerException?.Message ?? error.Message}), expected ClickHouse at {Address.Host}:{Address.Port}; check that it runs and can be reached, or give it longer with timeout=SECONDS.", error);

    /// <summary>The server refuses to write and stops by itself what takes too long.</summary>
    private Uri Uri(string settings) => new(string.Create(CultureInfo.InvariantCulture,
        $"{(Address.IsSecure ? "https" : "http")}://{Address.Host}:{Address.Port}/?database={System.Uri.EscapeDataString(Address.Database.Length > 0 ? Address.Database : "default")}&readonly=2&wait_end_of_query=1&max_execution_time={Address.Timeout.TotalSeconds:0}{settings}"));

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
            throw new BadDataException($"{Address}: found a file in {PasswordFileVariable} that cannot be read ({error.Message}), expected the password in it; check the path and its permissions.", error);
        }
    }

    private static string Unescaped(string field) => !field.Contains('\\', StringComparison.Ordinal) ? field
        : field.Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\b", "\b", StringComparison.Ordinal).Replace("\\f", "\f", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal).Replace('\0', '\\');

    private static string Excerpt(string text) => text.ReplaceLineEndings(" ").Trim() is var line && line.Length > ExcerptLength ? line[..ExcerptLength] + "..." : line;

    private sealed class Table(ClickHouseDatabase database, string sql) : ITextSource
    {
        public string Name => database.Address.ToString();

        public string Format => "ClickHouse";

        public long Bytes => 0;

        public char? Delimiter => ',';

        public Stream Open() => database.Ask("rows", sql, "", CancellationToken.None);

        public void Dispose()
        {
        }
    }
}
