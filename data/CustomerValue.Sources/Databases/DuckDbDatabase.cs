using System.Data.Common;
using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;
using DuckDB.NET.Data;

namespace CustomerValue.Sources.Databases;

/// <summary>A file of DuckDB, or a lake of Parquet files that the same engine reads, folders such as <c>year=2024</c> as columns.</summary>
internal sealed class DuckDbDatabase(SourceAddress address) : Database(address)
{
    private const string ParquetFiles = "*.parquet";

    private static readonly Lock s_opening = new();

    private bool IsLake => Address.Scheme == SourceAddress.Parquet;

    public override SqlDialect Dialect => WindowDialect.DuckDb;

    public override string Relation => IsLake ? $"read_parquet('{Pattern(Address.Path).Replace("'", "''", StringComparison.Ordinal)}', hive_partitioning = true)" : base.Relation;

    public override IReadOnlyList<DatabaseColumn> Columns() => Ask("columns", Columns);

    public override ITransactionSource Rows() => new Table(this, Columns(), Size());

    public override void Run(string name, string sql, int numbers, Action<string, double[]> take, CancellationToken cancellation) => Ask(name, connection =>
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using CancellationTokenRegistration stop = cancellation.Register(command.Cancel);
        using DuckDBDataReader reader = command.ExecuteReader();
        return TakeAll(reader, numbers, take, cancellation);
    }, "; SET threads = 1", cancellation);

    /// <summary>All files of a folder where no file is named.</summary>
    private static string Pattern(string path) =>
        Directory.Exists(path) ? Path.Combine(path, "**", ParquetFiles) : path.EndsWith("**", StringComparison.Ordinal) ? Path.Combine(path, ParquetFiles) : path;

    private static List<DatabaseColumn> ColumnsOf(DuckDBConnection connection, string relation)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * FROM {relation}";
        using DuckDBDataReader reader = command.ExecuteReader();
        List<DatabaseColumn> columns = [];
        while (reader.Read())
            columns.Add(new DatabaseColumn(reader.GetString(0), TypeOf(reader.GetString(1))));
        return columns;
    }

    private List<DatabaseColumn> Columns(DuckDBConnection connection) => ColumnsOf(connection, Relation);

    private static ColumnType TypeOf(string type) => type switch
    {
        "DATE" => ColumnType.Day,
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => ColumnType.Moment,
        _ when type.Contains('[', StringComparison.Ordinal) || type.Contains('(', StringComparison.Ordinal) && !type.StartsWith("DECIMAL", StringComparison.Ordinal) && !type.StartsWith("ENUM", StringComparison.Ordinal) => ColumnType.Other,
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" => ColumnType.Whole,
        "UBIGINT" or "HUGEINT" or "UHUGEINT" => ColumnType.Wide,
        "FLOAT" or "DOUBLE" => ColumnType.Number,
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) && type.EndsWith(",0)", StringComparison.Ordinal) => ColumnType.Wide,
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => ColumnType.Number,
        _ => ColumnType.Text,
    };

    private T Ask<T>(string what, Func<DuckDBConnection, T> ask, string settings = "", CancellationToken cancellation = default)
    {
        try
        {
            using DuckDBConnection connection = Opened(settings);
            return ask(connection);
        }
        catch (DuckDBException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Bad(Address, what, error);
        }
    }

    private DuckDBConnection Opened(string settings = "")
    {
        if (!IsLake && !File.Exists(Address.Path))
            throw new BadDataException($"{Address}: found no such file, expected a database of DuckDB; check the path (it is taken from {Environment.CurrentDirectory}).");
        DuckDBConnection connection = new(new DbConnectionStringBuilder { ["Data Source"] = IsLake ? ":memory:" : Address.Path, ["ACCESS_MODE"] = IsLake ? "AUTOMATIC" : "READ_ONLY" }.ToString());
        try
        {
            // Connections to one file at the same time share one engine, whose settings the first of them makes and locks.
            lock (s_opening)
            {
                connection.Open();
                using DuckDBCommand command = connection.CreateCommand();
                command.CommandText = "SELECT current_setting('lock_configuration')";
                if (command.ExecuteScalar() is not true)
                {
                    command.CommandText = $"SET GLOBAL TimeZone = 'UTC'; SET preserve_insertion_order = false{settings}{(IsLake ? "" : "; SET enable_external_access = false")}; SET lock_configuration = true";
                    command.ExecuteNonQuery();
                }
            }
            return connection;
        }
        catch (DuckDBException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What the engine said, in one sentence.</summary>
    public static BadDataException Bad(SourceAddress address, string what, DuckDBException error) =>
        new($"{address}: found an error while it was asked for {what} ({error.Message.Split("\n\nLINE ")[0].ReplaceLineEndings(" ").Trim()}), expected an answer; {(address.Scheme == SourceAddress.Parquet ? "check the folder and that its files are whole and alike" : "check the file, and the name of the table or the query in it")}.", error);

    private long Size() => !IsLake ? new FileInfo(Address.Path).Length
        : Ask("size", connection =>
        {
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM read_blob('{Pattern(Address.Path).Replace("'", "''", StringComparison.Ordinal)}')";
            return (long)command.ExecuteScalar()!;
        });

    private sealed class Table(DuckDbDatabase database, IReadOnlyList<DatabaseColumn> columns, long bytes) : ITextSource, IColumnSource
    {
        private const int BatchRows = 1 << 15, Slack = 64;

        private readonly DatabaseColumn[] _columns = [.. columns.Where(column => column.Type != ColumnType.Other)];

        public string Name => database.Address.ToString();

        public string Format => database.IsLake ? "Parquet" : "DuckDB";

        public long Bytes => bytes;

        public char? Delimiter => DelimitedLine.FieldEnd;

        public IReadOnlyList<string> Columns => [.. _columns.Select(column => column.Name)];

        public int Parts => 1;

        public Stream Open() => ColumnText.Open(this);

        public IEnumerable<ColumnBatch> Read(int part, IReadOnlyList<int> columns)
        {
            using DuckDBConnection connection = database.Opened();
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => Read(_columns[column])))} FROM {database.Relation}";
            command.UseStreamingMode = true;
            using DuckDBDataReader reader = Try(command.ExecuteReader);
            ColumnFill[] fills = [.. columns.Select((column, at) => ColumnFill.Of(_columns[column].Type, at))];
            for (int rows = BatchRows; rows == BatchRows;)
            {
                rows = 0;
                foreach (ColumnFill fill in fills)
                    fill.Begin();
                while (rows < BatchRows && Try(reader.Read))
                {
                    foreach (ColumnFill fill in fills)
                        fill.Take(reader, rows);
                    rows++;
                }
                if (rows > 0)
                    yield return new ColumnBatch(rows, Array.ConvertAll(fills, fill => fill.End(rows)));
            }
        }

        public void Dispose()
        {
        }

        private T Try<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (DuckDBException error)
            {
                throw Bad(database.Address, "rows", error);
            }
        }

        private string Read(DatabaseColumn column)
        {
            string name = database.Dialect.Name(column.Name);
            return column.Type switch
            {
                ColumnType.Number => $"CAST({name} AS DOUBLE)",
                ColumnType.Whole => $"CAST({name} AS BIGINT)",
                ColumnType.Day or ColumnType.Moment => $"CAST(floor(epoch(CAST({name} AS TIMESTAMP))) AS BIGINT)",
                _ => $"CAST({name} AS VARCHAR)",
            };
        }

        /// <summary>Gathers one column of a batch.</summary>
        private abstract class ColumnFill(int at)
        {
            protected int At => at;

            public static ColumnFill Of(ColumnType type, int at) => type switch
            {
                ColumnType.Number => new Numbers(at),
                ColumnType.Whole => new Integers(at),
                ColumnType.Day or ColumnType.Moment => new Moments(at),
                _ => new Texts(at),
            };

            public abstract void Begin();

            public abstract void Take(DuckDBDataReader reader, int row);

            public abstract BatchColumn End(int rows);
        }

        private sealed class Numbers(int at) : ColumnFill(at)
        {
            private double[] _values = [];

            public override void Begin() => _values = new double[BatchRows];

            public override void Take(DuckDBDataReader reader, int row) => _values[row] = reader.IsDBNull(At) ? double.NaN : reader.GetDouble(At);

            public override BatchColumn End(int rows) => new NumberColumn(rows == BatchRows ? _values : _values[..rows]);
        }

        private sealed class Integers(int at) : ColumnFill(at)
        {
            private long[] _values = [];
            private bool[] _missing = [];

            public override void Begin() => (_values, _missing) = (new long[BatchRows], new bool[BatchRows]);

            public override void Take(DuckDBDataReader reader, int row)
            {
                if (!(_missing[row] = reader.IsDBNull(At)))
                    _values[row] = reader.GetInt64(At);
            }

            public override BatchColumn End(int rows) => new IntegerColumn(_values[..rows], _missing.AsSpan(0, rows).Contains(true) ? _missing[..rows] : []);
        }

        private sealed class Moments(int at) : ColumnFill(at)
        {
            private long[] _values = [];

            public override void Begin() => _values = new long[BatchRows];

            public override void Take(DuckDBDataReader reader, int row) => _values[row] = reader.IsDBNull(At) ? long.MinValue : reader.GetInt64(At);

            public override BatchColumn End(int rows) => new MomentColumn(rows == BatchRows ? _values : _values[..rows], isUtc: false);
        }

        private sealed class Texts(int at) : ColumnFill(at)
        {
            private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
            private int[] _rows = [];
            private byte[] _bytes = [];
            private readonly List<int> _offsets = [];
            private int _length;

            public override void Begin()
            {
                _codes.Clear();
                _offsets.Clear();
                (_rows, _bytes, _length) = (new int[BatchRows], new byte[BatchRows], 0);
            }

            public override void Take(DuckDBDataReader reader, int row)
            {
                if (reader.IsDBNull(At))
                {
                    _rows[row] = -1;
                    return;
                }
                string text = reader.GetString(At);
                if (!_codes.TryGetValue(text, out int code))
                {
                    _codes.Add(text, code = _codes.Count);
                    _offsets.Add(_length);
                    int most = Encoding.UTF8.GetMaxByteCount(text.Length);
                    if (_length + most + Slack > _bytes.Length)
                        Array.Resize(ref _bytes, 2 * (_length + most + Slack));
                    _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
                }
                _rows[row] = code;
            }

            public override BatchColumn End(int rows) => new TextColumn(_bytes, [.. _offsets, _length], rows == BatchRows ? _rows : _rows[..rows]);
        }
    }
}
