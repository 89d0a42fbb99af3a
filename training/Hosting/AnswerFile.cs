using System.CommandLine;
using CustomerValue.Data.Files;
using CustomerValue.Data.Text;
using CustomerValue.Models.Answers;
using CustomerValue.Sources;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Hosting;

/// <summary>Answers about customers as files: Parquet where the name ends in .parquet, else lines of JSON or CSV.</summary>
internal static class AnswerFile
{
    /// <summary>What the help says of the forms.</summary>
    public const string Forms = "CSV, JSON with one customer a line for .json and .jsonl, or Parquet for .parquet; repeatable.";

    private const int GroupRows = 1 << 16;

    /// <summary>The files that an option names.</summary>
    /// <exception cref="UsageException">An address of a database is among them.</exception>
    public static string[] FilesOf(this CommandEnvironment environment, ParseResult parse, Option<string[]> option) =>
        (parse.GetValue(option) ?? []).FirstOrDefault(SourcePlaces.IsAddress) is not { } address ? environment.PathsOf(parse, option)
            : throw new UsageException($"Found {option.Name} {address}, expected the name of a file: score alone writes into databases and lakes.");

    /// <summary>Writes a file, replacing an earlier one when the new one is whole.</summary>
    /// <param name="table">The columns.</param>
    /// <param name="path">The file.</param>
    /// <param name="rows">The customers.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Save<TRow>(this AnswerTable<TRow> table, string path, IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        if (!Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            table.Write(path, rows, cancellation);
            return;
        }
        WholeFile.Write(path, stream =>
        {
            ParquetFields fields = new(table.Columns.Count);
            IEnumerator<IReadOnlyList<Array>> groups = Groups(table, rows, fields, cancellation).GetEnumerator();
            // What a column holds is told by its fields, so the first rows come before the head of the file.
            bool any = groups.MoveNext();
            ParquetTable.Write(stream, [.. table.Columns.Select((column, c) => (column.Name, fields.KindOf(c)))], any ? Enumerable.Repeat(groups.Current, 1).Concat(Rest(groups)) : []);
        });
    }

    private static IEnumerable<IReadOnlyList<Array>> Groups<TRow>(AnswerTable<TRow> table, IEnumerable<TRow> rows, ParquetFields fields, CancellationToken cancellation)
    {
        foreach (TRow[] group in rows.Chunk(GroupRows))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (TRow row in group)
            {
                foreach (AnswerColumn<TRow> column in table.Columns)
                    column.Write(fields, row);
                fields.EndRow();
            }
            yield return fields.Take();
        }
    }

    private static IEnumerable<T> Rest<T>(IEnumerator<T> rest)
    {
        while (rest.MoveNext())
            yield return rest.Current;
    }

    /// <summary>Takes the fields of rows into an array a column.</summary>
    private sealed class ParquetFields(int columns) : IFieldWriter
    {
        private readonly (ParquetColumnKind Kind, List<object?> Values)[] _columns = [.. Enumerable.Range(0, columns).Select(_ => (ParquetColumnKind.Text, new List<object?>()))];
        private int _at;

        public ParquetColumnKind KindOf(int column) => _columns[column].Kind;

        public void Text(string? text) => Add(ParquetColumnKind.Text, text);

        public void Texts(IReadOnlyList<string> texts) => Add(ParquetColumnKind.Texts, texts.ToArray());

        public void Number(double? value) => Add(ParquetColumnKind.Precise, value is { } number && double.IsNaN(number) ? null : value);

        public void Whole(long? value) => Add(ParquetColumnKind.Whole, value);

        public void Day(DateOnly? day) => Add(ParquetColumnKind.Day, day);

        public void Flag(bool value) => Add(ParquetColumnKind.Flag, value);

        public void EndRow() => _at = 0;

        /// <summary>The rows so far, which are forgotten.</summary>
        public Array[] Take()
        {
            Array[] taken = [.. _columns.Select(column => column.Kind switch
            {
                ParquetColumnKind.Text => column.Values.Cast<string?>().ToArray(),
                ParquetColumnKind.Texts => column.Values.Cast<string[]>().ToArray(),
                ParquetColumnKind.Precise => column.Values.Cast<double?>().ToArray(),
                ParquetColumnKind.Whole => column.Values.Cast<long?>().ToArray(),
                ParquetColumnKind.Day => column.Values.Cast<DateOnly?>().ToArray(),
                _ => (Array)column.Values.Cast<bool>().ToArray(),
            })];
            foreach ((_, List<object?> values) in _columns)
                values.Clear();
            return taken;
        }

        private void Add(ParquetColumnKind kind, object? value)
        {
            _columns[_at].Kind = kind;
            _columns[_at++].Values.Add(value);
        }
    }
}
