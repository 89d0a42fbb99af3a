using System.Globalization;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Sources.Databases;

/// <summary>Where transactions lie: <c>postgres://user@host:5432/shop?table=orders</c>, <c>clickhouse://host:8123/shop?query=SELECT ...</c>, <c>duckdb:shop.db?table=orders</c> or <c>parquet:lake/**</c>.</summary>
/// <remarks>An address is shown in messages, manifests and lists of processes, so it never holds a password.</remarks>
internal sealed record SourceAddress
{
    public const string Postgres = "postgres", ClickHouse = "clickhouse", DuckDb = "duckdb", Parquet = "parquet";

    private const string Table = "table", QueryText = "query", Secure = "secure", Seconds = "timeout";
    private const int UsualSeconds = 300;

    private static readonly Dictionary<string, (string Scheme, int Port)> s_schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["postgres"] = (Postgres, 5432),
        ["postgresql"] = (Postgres, 5432),
        ["clickhouse"] = (ClickHouse, 8123),
        ["duckdb"] = (DuckDb, 0),
        ["parquet"] = (Parquet, 0),
    };

    private string _text = "";

    /// <summary>One of the words above.</summary>
    public required string Scheme { get; init; }

    /// <summary>File or pattern of files; empty for servers.</summary>
    public string Path { get; init; } = "";

    public string Host { get; private init; } = "";

    public int Port { get; private init; }

    public string? User { get; private init; }

    public string Database { get; private init; } = "";

    /// <summary>Table or view, with its schema before a point where it has one; null where a query is given.</summary>
    public string? Relation { get; private init; }

    /// <summary>Query in the database's own language; null where a table is named.</summary>
    public string? Query { get; private init; }

    /// <summary>Whether the server is spoken to by TLS alone.</summary>
    public bool IsSecure { get; private init; }

    /// <summary>Longest wait for the next bytes of an answer.</summary>
    public TimeSpan Timeout { get; private init; } = TimeSpan.FromSeconds(UsualSeconds);

    /// <summary>What is read, however long it is waited for.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Scheme} {(Path.Length > 0 ? System.IO.Path.GetFullPath(Path) : $"{User}@{Host}:{Port}/{Database}")} {(Query is null ? $"table {Relation}" : $"query {Query}")}");

    /// <summary>The kind of place that a name speaks of, or null where it is the name of a file.</summary>
    public static string? SchemeOf(string name) =>
        name.IndexOf(':', StringComparison.Ordinal) is var colon and > 1 && s_schemes.TryGetValue(name[..colon], out (string Scheme, int) known) ? known.Scheme : null;

    /// <exception cref="BadDataException">It is no address, or it holds a password.</exception>
    public static SourceAddress Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        (string scheme, int port) = s_schemes[text[..colon]];
        int mark = text.IndexOf('?', StringComparison.Ordinal);
        // Of a lake, ? and * are letters of the pattern.
        (string place, string options) = scheme == Parquet || mark < 0 ? (text[(colon + 1)..], "") : (text[(colon + 1)..mark], text[(mark + 1)..]);
        SourceAddress address = new() { Scheme = scheme, _text = text };
        if (scheme is Postgres or ClickHouse && HoldsPassword(text[(colon + 1)..].TrimStart('/')))
            throw WithPassword(scheme);
        address = scheme is Postgres or ClickHouse ? address.WithServer(place, port) : address with { Path = place };
        if (address is { Path: "", Host: "" })
            throw Bad(text, "no place behind the scheme", Example(scheme));
        string[] all = options.Split('&', StringSplitOptions.RemoveEmptyEntries);
        if (Array.Exists(all, option => option.StartsWith("pass", StringComparison.OrdinalIgnoreCase) || option.StartsWith("pwd", StringComparison.OrdinalIgnoreCase)))
            throw WithPassword(scheme);
        foreach (string option in all)
            address = address.With(option);
        if (scheme != Parquet && address.Relation is null == address.Query is null)
            throw Bad(text, address.Query is null ? "neither table nor query" : "both a table and a query", Example(scheme));
        return address;
    }

    public override string ToString() => Path.Length == 0 ? _text : $"{Scheme}:{Path}{(_text.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 && Scheme != Parquet ? _text[mark..] : "")}";

    private SourceAddress WithServer(string place, int usualPort)
    {
        string rest = place.StartsWith("//", StringComparison.Ordinal) ? place[2..] : throw Bad(_text, $"'{place}' behind the scheme", Example(Scheme));
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        (string server, string database) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        string? user = null;
        if (server.LastIndexOf('@') is var at and >= 0)
        {
            user = Uri.UnescapeDataString(server[..at]);
            server = server[(at + 1)..];
            if (user.Contains(':', StringComparison.Ordinal))
                throw WithPassword(Scheme);
        }
        int colon = server.LastIndexOf(':') is var last && last > server.LastIndexOf(']') ? last : -1;
        int port = usualPort;
        if (colon >= 0 && (!int.TryParse(server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
            throw Bad(_text, $"the port '{server[(colon + 1)..]}'", "a number from 1 to 65535");
        string host = colon < 0 ? server : server[..colon];
        if (host.Length > 0 && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw Bad(_text, $"the host '{host}'", "the name or address of a machine");
        return this with { Host = host, Port = port, User = user, Database = Uri.UnescapeDataString(database) };
    }

    private SourceAddress With(string option)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        (string name, string value) = equals < 0 ? (option, "") : (option[..equals], Uri.UnescapeDataString(option[(equals + 1)..].Replace('+', ' ')));
        return name switch
        {
            Table when value.Length > 0 && !value.Any(char.IsControl) => this with { Relation = value },
            QueryText when value.Length > 0 => this with { Query = value.TrimEnd().TrimEnd(';') },
            Secure when value is "1" or "0" => this with { IsSecure = value == "1" },
            Seconds when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 86_400 => this with { Timeout = TimeSpan.FromSeconds(seconds) },
            _ => throw Bad(_text, $"'{option}' behind the question mark", $"{Table}=NAME or {QueryText}=SELECT ..., and where wanted {Secure}=1 and {Seconds}=SECONDS (1 to 86400)"),
        };
    }

    /// <summary>Whether there is something between a colon and an @ that is no port.</summary>
    private static bool HoldsPassword(string server)
    {
        int colon = server.StartsWith('[') ? server.IndexOf("]:", StringComparison.Ordinal) + 1 : server.IndexOf(':', StringComparison.Ordinal);
        ReadOnlySpan<char> behind = colon <= 0 ? [] : server.AsSpan(colon + 1).TrimStart("0123456789");
        return behind is not ([] or ['/', ..] or ['?', ..]) && behind.Contains('@') && !server.AsSpan(0, colon).ContainsAny('?', '@');
    }

    private static BadDataException WithPassword(string scheme) =>
        new($"{scheme}://...: found a password in the address, which others see in lists of processes, expected it in {(scheme == Postgres ? "the variable PGPASSWORD or in the file .pgpass" : "the variable CLICKHOUSE_PASSWORD, or in the file that CLICKHOUSE_PASSWORD_FILE names")}; take it out of the address.");

    private static BadDataException Bad(string text, string found, string expected) => new($"{text}: found {found}, expected {expected}.");

    private static string Example(string scheme) => scheme switch
    {
        Postgres => "an address such as postgres://user@host:5432/shop?table=orders",
        ClickHouse => "an address such as clickhouse://host:8123/shop?table=orders",
        DuckDb => "an address such as duckdb:shop.db?table=orders",
        _ => "an address such as parquet:lake/**",
    };
}
