using System.Globalization;
using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Sources.Databases;

/// <summary>ClickHouse over its HTTP interface.</summary>
internal sealed class ClickHouseDatabase(SourceAddress address) : Database(address)
{
    private readonly ClickHouseHttp _server = new(address);

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
        using SourceStream answer = _server.Ask(name, sql + " FORMAT TabSeparated", cancellation, threads: 1);
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
        using SourceStream answer = _server.Ask("columns", $"SELECT * FROM {Relation} LIMIT 0 FORMAT TabSeparatedWithNamesAndTypes", CancellationToken.None);
        using StreamReader lines = new(answer, Encoding.UTF8);
        string[] names = (lines.ReadLine() ?? "").Split('\t'), types = (lines.ReadLine() ?? "").Split('\t');
        return names.Length == types.Length ? [.. names.Zip(types, (name, type) => (Unescaped(name), type))]
            : throw new BadDataException($"{Address}: found an answer of another program ('{ClickHouseHttp.Excerpt(string.Join(' ', names))}'), expected ClickHouse's HTTP interface; give its port, usually 8123.");
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

    /// <summary>A field of an answer as it was before it was written in a line.</summary>
    public static string Unescaped(string field) => !field.Contains('\\', StringComparison.Ordinal) ? field
        : field.Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\b", "\b", StringComparison.Ordinal).Replace("\\f", "\f", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal).Replace('\0', '\\');

    private sealed class Table(ClickHouseDatabase database, string sql) : ITextSource
    {
        public string Name => database.Address.ToString();

        public string Format => "ClickHouse";

        public long Bytes => 0;

        public char? Delimiter => ',';

        public Stream Open() => database._server.Ask("rows", sql, CancellationToken.None);

        public void Dispose()
        {
        }
    }
}
