using System.Net.Sockets;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;
using Npgsql;

namespace CustomerValue.Sources.Databases;

/// <summary>PostgreSQL and whatever speaks as it does. Passwords come from PGPASSWORD or .pgpass, a user left out from PGUSER.</summary>
internal sealed class PostgresDatabase(SourceAddress address) : Database(address)
{
    private const int ConnectSeconds = 15;

    private readonly string _connection = Connection(address, writes: false);

    public override SqlDialect Dialect => WindowDialect.Postgres;

    public override IReadOnlyList<DatabaseColumn> Columns() => Ask("columns", connection =>
    {
        using NpgsqlCommand command = new($"SELECT * FROM {Relation} LIMIT 0", connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        return (DatabaseColumn[])[.. Enumerable.Range(0, reader.FieldCount).Select(column => new DatabaseColumn(reader.GetName(column), TypeOf(reader.GetDataTypeName(column))))];
    });

    public override ITransactionSource Rows() => new Table(this, Address.Relation is null ? 0 : Ask("size", connection =>
    {
        using NpgsqlCommand command = new("SELECT coalesce(pg_total_relation_size(to_regclass($1)), 0)", connection) { Parameters = { new() { Value = Dialect.Table(Address.Relation) } } };
        return (long)command.ExecuteScalar()!;
    }));

    public override void Run(string name, string sql, int numbers, Action<string, double[]> take, CancellationToken cancellation) => Ask(name, connection =>
    {
        using NpgsqlCommand command = new(sql, connection);
        using CancellationTokenRegistration stop = cancellation.Register(command.Cancel);
        using NpgsqlDataReader reader = command.ExecuteReader();
        return TakeAll(reader, numbers, take, cancellation);
    }, cancellation);

    /// <summary>How a server is reached; sessions that only ask cannot write.</summary>
    public static string Connection(SourceAddress address, bool writes) => new NpgsqlConnectionStringBuilder
    {
        Host = address.Host.Trim('[', ']'),
        Port = address.Port,
        Username = address.User ?? Environment.GetEnvironmentVariable("PGUSER") ?? Environment.UserName,
        Password = Environment.GetEnvironmentVariable("PGPASSWORD"),
        Database = address.Database,
        SslMode = address.IsSecure ? SslMode.VerifyFull : SslMode.Prefer,
        Timeout = ConnectSeconds,
        CommandTimeout = (int)address.Timeout.TotalSeconds,
        Pooling = false,
        ApplicationName = "customer-value",
        Options = $"{(writes ? "" : "-c default_transaction_read_only=on ")}-c datestyle=ISO -c timezone=UTC -c extra_float_digits=3 -c standard_conforming_strings=on -c max_parallel_workers_per_gather=0 -c synchronize_seqscans=off -c work_mem=64MB",
    }.ToString();

    private T Ask<T>(string what, Func<NpgsqlConnection, T> ask, CancellationToken cancellation = default)
    {
        try
        {
            using NpgsqlConnection connection = new(_connection);
            connection.Open();
            return ask(connection);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Bad(Address, what, error);
        }
    }

    /// <summary>What a server or its connection said, in one sentence.</summary>
    public static BadDataException Bad(SourceAddress address, string what, Exception error) => error is PostgresException said
        ? new BadDataException($"{address}: found an error of the server while it was asked for {what} ({said.MessageText}), expected an answer; {Advice(said.SqlState)}.", error)
        : new BadDataException($"{address}: found no answer of a server when it was asked for {what} ({error.InnerException?.Message ?? error.Message}), expected PostgreSQL at {address.Host}:{address.Port}; check that it runs and can be reached, or give it longer with timeout=SECONDS.", error);

    private static string Advice(string state) => state switch
    {
        PostgresErrorCodes.UndefinedTable => "check the name of the table, with its schema before a point where it has one",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "give the user before an @ in the address, and the password in PGPASSWORD or .pgpass",
        PostgresErrorCodes.InvalidCatalogName => "check the name of the database",
        PostgresErrorCodes.InvalidSchemaName => "check the name of the schema before the point",
        PostgresErrorCodes.InsufficientPrivilege => "let the user read the table, and where answers go into it also insert and delete rows, and create it where there is none",
        PostgresErrorCodes.ReadOnlySqlTransaction => "leave to a query nothing but reading, and have answers go to a server that takes them",
        PostgresErrorCodes.DiskFull => "make room on the server",
        _ => "try the query in psql",
    };

    private static ColumnType TypeOf(string type) => type switch
    {
        "date" => ColumnType.Day,
        _ when type.StartsWith("timestamp", StringComparison.Ordinal) => ColumnType.Moment,
        "smallint" or "integer" or "bigint" or "real" or "double precision" => ColumnType.Number,
        _ when type.StartsWith("numeric", StringComparison.Ordinal) => ColumnType.Number,
        _ when type.EndsWith("[]", StringComparison.Ordinal) || type is "json" or "jsonb" => ColumnType.Other,
        _ => ColumnType.Text,
    };

    /// <summary>The rows as the server writes them for files.</summary>
    private sealed class Table(PostgresDatabase database, long bytes) : ITextSource
    {
        public string Name => database.Address.ToString();

        public string Format => "PostgreSQL";

        public long Bytes => bytes;

        public char? Delimiter => DelimitedLine.FieldEnd;

        public Stream Open() => database.Opened();

        public void Dispose()
        {
        }
    }

    private SourceStream Opened()
    {
        NpgsqlConnection connection = new(_connection);
        try
        {
            connection.Open();
            // The reader of texts stands on a stream of the bytes as they come.
            StreamReader texts = (StreamReader)connection.BeginTextExport($"COPY (SELECT * FROM {Relation}) TO STDOUT (FORMAT csv, HEADER, DELIMITER E'\\x1F')");
            texts.BaseStream.ReadTimeout = (int)Address.Timeout.TotalMilliseconds;
            return new SourceStream(texts.BaseStream, connection, error => error is NpgsqlException failed ? Bad(Address, "rows", failed) : null);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException)
        {
            connection.Dispose();
            throw Bad(Address, "rows", error);
        }
    }
}
