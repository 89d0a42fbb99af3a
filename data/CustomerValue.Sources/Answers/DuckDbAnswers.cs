using System.Data.Common;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Sources.Databases;
using DuckDB.NET.Data;

namespace CustomerValue.Sources.Answers;

/// <summary>A table in a file of DuckDB. Deletion and insertion of a slice are one transaction.</summary>
internal sealed class DuckDbAnswers(SourceAddress address) : AnswerPlace(address)
{
    private readonly string _table = WindowDialect.DuckDb.Table(address.Relation!);

    public override void Check(IReadOnlyList<AnswerColumn> columns, CancellationToken cancellation)
    {
        if (File.Exists(Address.Path))
            Do("columns", connection => IsThere(connection, columns));
    }

    public override void Replace(AnswerSlice slice, IReadOnlyList<AnswerColumn> columns, Action<IAnswerWriter> write, CancellationToken cancellation) => Do("a replacement of rows", connection =>
    {
        using DuckDBTransaction transaction = connection.BeginTransaction();
        if (!IsThere(connection, columns))
            Run(connection, $"CREATE TABLE {_table} ({string.Join(", ", columns.Select(column => $"{Quoted(column.Name)} {TypeOf(column)}{(column.IsKey ? " NOT NULL" : "")}"))})");
        Run(connection, $"DELETE FROM {_table} WHERE {Quoted(AnswerSlice.VersionColumn)} = $1 AND {Quoted(AnswerSlice.DayColumn)} = $2", slice.Version, slice.AsOf);
        string[] parts = Address.Relation!.Split('.');
        using (DuckDBAppender appender = connection.CreateAppender(parts.Length > 1 ? parts[0] : null, parts[^1]))
        {
            Writer rows = new(appender);
            write(rows);
        }
        cancellation.ThrowIfCancellationRequested();
        transaction.Commit();
        return true;
    });

    /// <summary>Whether the table is there, with these columns in this order, as rows are appended.</summary>
    private bool IsThere(DuckDBConnection connection, IReadOnlyList<AnswerColumn> columns)
    {
        using DuckDBCommand command = connection.CreateCommand();
        string[] parts = Address.Relation!.Split('.');
        command.CommandText = "SELECT column_name, data_type FROM information_schema.columns WHERE table_catalog = current_database() AND table_schema = $1 AND table_name = $2 ORDER BY ordinal_position";
        command.Parameters.Add(new DuckDBParameter(parts.Length > 1 ? parts[0] : "main"));
        command.Parameters.Add(new DuckDBParameter(parts[^1]));
        List<(string Name, string Type)> found = [];
        using (DuckDBDataReader reader = command.ExecuteReader())
            while (reader.Read())
                found.Add((reader.GetString(0), reader.GetString(1)));
        if (found.Count == 0)
            return false;
        Compare(found.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal), columns, column => [TypeOf(column)]);
        return found.Select(column => column.Name).SequenceEqual(columns.Select(column => column.Name)) ? true
            : throw new BadDataException($"{Name}: found columns of others among those of answers, or another order ({string.Join(", ", found.Select(column => column.Name))}), expected {string.Join(", ", columns.Select(column => column.Name))}; name a table that is not there yet, which is then made.");
    }

    private static void Run(DuckDBConnection connection, string sql, params object[] values)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (object value in values)
            command.Parameters.Add(new DuckDBParameter(value));
        command.ExecuteNonQuery();
    }

    private void Do(string what, Func<DuckDBConnection, bool> work)
    {
        try
        {
            using DuckDBConnection connection = new(new DbConnectionStringBuilder { ["Data Source"] = Address.Path }.ToString());
            connection.Open();
            work(connection);
        }
        catch (DuckDBException error)
        {
            throw DuckDbDatabase.Bad(Address, what, error);
        }
    }

    private static string Quoted(string name) => WindowDialect.DuckDb.Name(name);

    private static string TypeOf(AnswerColumn column) => column.Kind switch
    {
        AnswerKind.Number => "DOUBLE",
        AnswerKind.Whole => "BIGINT",
        AnswerKind.Day => "DATE",
        _ => "VARCHAR",
    };

    private sealed class Writer(DuckDBAppender appender) : AnswerWriter
    {
        private IDuckDBAppenderRow? _row;

        private IDuckDBAppenderRow Row => _row ??= appender.CreateRow();

        public override void Text(string? text) => Row.AppendValue(text);

        public override void Number(double? value) => Row.AppendValue(Known(value));

        public override void Whole(long? value) => Row.AppendValue(value);

        public override void Day(DateOnly? day) => Row.AppendValue(day);

        public override void EndRow()
        {
            Row.EndRow();
            _row = null;
        }
    }
}
