using System.Net.Sockets;
using CustomerValue.Sources.Databases;
using Npgsql;
using NpgsqlTypes;

namespace CustomerValue.Sources.Answers;

/// <summary>A table of PostgreSQL. Deletion and insertion of a slice are one transaction; who writes into the same table meanwhile waits.</summary>
internal sealed class PostgresAnswers(SourceAddress address) : AnswerPlace(address)
{
    private const string Action = "a replacement of rows";

    private readonly string _table = WindowDialect.Postgres.Table(address.Relation!);

    public override void Check(IReadOnlyList<AnswerColumn> columns, CancellationToken cancellation) => Do("columns", connection => IsThere(connection, columns, cancellation), cancellation);

    public override void Replace(AnswerSlice slice, IReadOnlyList<AnswerColumn> columns, Action<IAnswerWriter> write, CancellationToken cancellation) => Do(Action, connection =>
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        if (!IsThere(connection, columns, cancellation))
        {
            Run(connection, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", cancellation, _table);
            Run(connection, $"CREATE TABLE IF NOT EXISTS {_table} ({string.Join(", ", columns.Select(column => $"{Quoted(column.Name)} {TypesOf(column)[0]}{(column.IsKey ? " NOT NULL" : "")}"))}, PRIMARY KEY ({string.Join(", ", AnswerSlice.Columns.Append(AnswerSlice.CustomerColumn).Select(Quoted))}))", cancellation);
        }
        Run(connection, $"LOCK TABLE {_table} IN SHARE ROW EXCLUSIVE MODE", cancellation);
        Run(connection, $"DELETE FROM {_table} WHERE {Quoted(AnswerSlice.VersionColumn)} = $1 AND {Quoted(AnswerSlice.DayColumn)} = $2", cancellation, slice.Version, slice.AsOf);
        using (NpgsqlBinaryImporter rows = connection.BeginBinaryImport($"COPY {_table} ({string.Join(", ", columns.Select(column => Quoted(column.Name)))}) FROM STDIN (FORMAT binary)"))
        {
            rows.Timeout = Address.Timeout;
            write(new Writer(rows));
            rows.Complete();
        }
        cancellation.ThrowIfCancellationRequested();
        transaction.Commit();
        return true;
    }, cancellation);

    /// <summary>Whether the table is there, with all columns.</summary>
    private bool IsThere(NpgsqlConnection connection, IReadOnlyList<AnswerColumn> columns, CancellationToken cancellation)
    {
        Dictionary<string, string> found = [];
        using NpgsqlCommand command = new("SELECT attname::text, CASE WHEN atttypid = 'varchar'::regtype THEN 'character varying' ELSE format_type(atttypid, atttypmod) END FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped", connection) { Parameters = { new() { Value = _table } } };
        using CancellationTokenRegistration stop = cancellation.Register(command.Cancel);
        using (NpgsqlDataReader reader = command.ExecuteReader())
            while (reader.Read())
                found.Add(reader.GetString(0), reader.GetString(1));
        if (found.Count == 0)
            return false;
        Compare(found, columns, TypesOf);
        return true;
    }

    private static void Run(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        using NpgsqlCommand command = new(sql, connection);
        foreach (object value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        using CancellationTokenRegistration stop = cancellation.Register(command.Cancel);
        command.ExecuteNonQuery();
    }

    private void Do(string what, Func<NpgsqlConnection, bool> work, CancellationToken cancellation)
    {
        try
        {
            using NpgsqlConnection connection = new(PostgresDatabase.Connection(Address, writes: true));
            connection.Open();
            work(connection);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw PostgresDatabase.Bad(Address, what, error);
        }
    }

    private static string Quoted(string name) => WindowDialect.Postgres.Name(name);

    private static string[] TypesOf(AnswerColumn column) => column.Kind switch
    {
        AnswerKind.Number => ["double precision"],
        AnswerKind.Whole => ["bigint"],
        AnswerKind.Day => ["date"],
        _ => ["text", "character varying"],
    };

    private sealed class Writer(NpgsqlBinaryImporter rows) : AnswerWriter
    {
        private bool _hasBegun;

        public override void Text(string? text) => Write(text, NpgsqlDbType.Text);

        public override void Number(double? value)
        {
            if (Known(value) is { } number)
                Write(number, NpgsqlDbType.Double);
            else
                Write<string?>(null, NpgsqlDbType.Text);
        }

        public override void Whole(long? value)
        {
            if (value is { } whole)
                Write(whole, NpgsqlDbType.Bigint);
            else
                Write<string?>(null, NpgsqlDbType.Text);
        }

        public override void Day(DateOnly? day)
        {
            if (day is { } known)
                Write(known, NpgsqlDbType.Date);
            else
                Write<string?>(null, NpgsqlDbType.Text);
        }

        public override void EndRow() => _hasBegun = false;

        private void Write<T>(T value, NpgsqlDbType type)
        {
            if (!_hasBegun)
                rows.StartRow();
            _hasBegun = true;
            if (value is null)
                rows.WriteNull();
            else
                rows.Write(value, type);
        }
    }
}
