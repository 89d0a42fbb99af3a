using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Sources.Databases;

namespace CustomerValue.Sources.Answers;

/// <summary>
/// A table of ClickHouse with a partition a slice. Rows go into a table of their own beside it, and once all are there its partition takes the place of the old one in one step, which servers
/// know from 18.16 on.
/// </summary>
internal sealed partial class ClickHouseAnswers(SourceAddress address) : AnswerPlace(address)
{
    private const string Mark = "_customer_value_staged_", LockMark = "_customer_value_lock", AlreadyThere = "Code: 57", Gone = "Code: 60";
    private const int MarkBytes = 8, LockSeconds = 600, AbandonedSeconds = 86_400, Attempts = 20;

    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(50);

    private static readonly ClickHouseDialect s_dialect = ClickHouseDialect.Instance;
    private static readonly string s_partition = $"({string.Join(", ", AnswerSlice.Columns)})";

    private readonly ClickHouseHttp _server = new(address);
    private readonly string _table = s_dialect.Table(address.Relation!);

    public override void Check(IReadOnlyList<AnswerColumn> columns, CancellationToken cancellation) => IsThere(columns, cancellation);

    public override void Replace(AnswerSlice slice, IReadOnlyList<AnswerColumn> columns, Action<IAnswerWriter> write, CancellationToken cancellation)
    {
        if (!IsThere(columns, cancellation))
            _server.Tell("a new table", $"CREATE TABLE IF NOT EXISTS {_table} ({string.Join(", ", columns.Select(column => $"{s_dialect.Name(column.Name)} {TypeOf(column)}"))}) ENGINE = MergeTree() PARTITION BY {s_partition} ORDER BY {AnswerSlice.CustomerColumn}", null, cancellation);
        RemoveAbandoned(cancellation);
        string staged = s_dialect.Table(Address.Relation + Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MarkBytes))), order = Fact("sorting_key", cancellation) ?? "";
        _server.Tell("a table for what is on its way", $"CREATE TABLE {staged} AS {_table} ENGINE = MergeTree() PARTITION BY {s_partition} ORDER BY {(order.Length == 0 ? "tuple()" : order.Contains(',', StringComparison.Ordinal) ? $"({order})" : order)}", null, cancellation);
        try
        {
            long rows = 0;
            _server.Tell("a replacement of rows", $"INSERT INTO {staged} ({string.Join(", ", columns.Select(column => s_dialect.Name(column.Name)))}) FORMAT RowBinary", stream =>
            {
                BinaryWriter bytes = new(new BufferedStream(stream, 1 << 16), Encoding.UTF8);
                Writer writer = new(this, bytes, columns);
                write(writer);
                bytes.Flush();
                rows = writer.Rows;
            }, cancellation);
            // Servers of 2018 take a body that was cut off for one that ended.
            string taken = Lines("rows on their way", $"SELECT count() FROM {staged}", cancellation)[0][0];
            if (taken != rows.ToString(CultureInfo.InvariantCulture))
                throw new BadDataException($"{Name}: found {taken} rows taken, expected {rows}; nothing was replaced, try again.");
            cancellation.ThrowIfCancellationRequested();
            string partition = $"PARTITION ({s_dialect.Literal(slice.Version)}, '{slice.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}')";
            Alone(() => _server.Tell("a replacement of rows", rows == 0 ? $"ALTER TABLE {_table} DROP {partition}" : $"ALTER TABLE {_table} REPLACE {partition} FROM {staged}", null, CancellationToken.None), cancellation);
        }
        finally
        {
            Drop(staged);
        }
    }

    /// <summary>Does something while no other run does: of two replacements at once servers keep both. A table is the lock, since it is made by one alone.</summary>
    private void Alone(Action work, CancellationToken cancellation)
    {
        string name = Address.Relation + LockMark, held = s_dialect.Table(name);
        for (long begin = Stopwatch.GetTimestamp(); !Holds();)
        {
            if (Stopwatch.GetElapsedTime(begin) > Address.Timeout)
                throw new BadDataException($"{Name}: found the table {name}, with which another run holds this one, expected it to be gone within {Address.Timeout.TotalSeconds:0} s; try again, and drop it where no run is at work.");
            cancellation.WaitHandle.WaitOne(s_wait);
            cancellation.ThrowIfCancellationRequested();
        }
        try
        {
            work();
        }
        finally
        {
            Drop(held);
        }

        bool Holds()
        {
            try
            {
                _server.Tell("a lock", $"CREATE TABLE {held} (held UInt8) ENGINE = Memory", null, cancellation);
                return true;
            }
            catch (BadDataException error) when (error.Message.Contains(AlreadyThere, StringComparison.Ordinal))
            {
                // Whoever held it that long was killed.
                if (Catalogue("now() - metadata_modification_time", $"name = {s_dialect.Literal(Relation.Name + LockMark)}", cancellation) is [[var seconds]] && long.Parse(seconds, CultureInfo.InvariantCulture) > LockSeconds)
                    Drop(held);
                return false;
            }
        }
    }

    /// <summary>Whether the table is there, parted by slices, with all columns.</summary>
    private bool IsThere(IReadOnlyList<AnswerColumn> columns, CancellationToken cancellation)
    {
        if (Fact("engine", cancellation) is not { } engine)
            return false;
        Compare(Lines("columns", $"DESCRIBE TABLE {_table}", cancellation).ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal), columns, column => [TypeOf(column)]);
        string parted = Fact("partition_key", cancellation) ?? "";
        if (!engine.EndsWith("MergeTree", StringComparison.Ordinal) || parted.Replace("`", "", StringComparison.Ordinal) != s_partition)
            throw new BadDataException($"{Name}: found a table of {engine}{(parted.Length > 0 ? $" with partitions by {parted}" : " without partitions")}, expected MergeTree with PARTITION BY {s_partition}, whose partitions are replaced at once; name a table that is not there yet, which is then made.");
        return true;
    }

    /// <summary>What the server's catalogue says of the table, or null where there is none.</summary>
    private string? Fact(string column, CancellationToken cancellation) =>
        Catalogue(column, $"name = {s_dialect.Literal(Relation.Name)}", cancellation) is [[var fact]] ? fact : null;

    private (string Database, string Name) Relation => Address.Relation!.Split('.', 2) is [var database, var name] ? (database, name) : ("", Address.Relation);

    /// <summary>What the server knows of tables in the database. A table that goes meanwhile is an error of old servers, so they are asked again.</summary>
    private List<string[]> Catalogue(string what, string which, CancellationToken cancellation)
    {
        for (int again = 0; ; again++)
            try
            {
                return Lines("what tables there are", $"SELECT {what} FROM system.tables WHERE database = {(Relation.Database.Length > 0 ? s_dialect.Literal(Relation.Database) : "currentDatabase()")} AND {which}", cancellation);
            }
            catch (BadDataException error) when (again < Attempts && error.Message.Contains(Gone, StringComparison.Ordinal))
            {
                cancellation.WaitHandle.WaitOne(s_wait);
            }
    }

    /// <summary>Removes what runs that were killed left behind a day ago or earlier; younger ones may still be at work.</summary>
    private void RemoveAbandoned(CancellationToken cancellation)
    {
        foreach (string[] line in Catalogue("name", $"startsWith(name, {s_dialect.Literal(Relation.Name + Mark)}) AND metadata_modification_time < now() - {AbandonedSeconds}", cancellation))
            if (Staged().IsMatch(line[0]))
                Drop(s_dialect.Table((Relation.Database.Length > 0 ? Relation.Database + "." : "") + line[0]));
    }

    /// <summary>Removes a table of rows on their way; where the server does not answer any more, a later run does.</summary>
    private void Drop(string staged)
    {
        try
        {
            _server.Tell("the removal of a table", $"DROP TABLE IF EXISTS {staged}", null, CancellationToken.None);
        }
        catch (BadDataException)
        {
            // What went wrong before is told.
        }
    }

    private List<string[]> Lines(string what, string sql, CancellationToken cancellation)
    {
        using SourceStream answer = _server.Ask(what, sql + " FORMAT TabSeparated", cancellation);
        using StreamReader lines = new(answer, Encoding.UTF8);
        List<string[]> found = [];
        while (lines.ReadLine() is { } line)
            found.Add([.. line.Split('\t').Select(ClickHouseDatabase.Unescaped)]);
        return found;
    }

    private static string TypeOf(AnswerColumn column)
    {
        string type = column.Kind switch
        {
            AnswerKind.Number => "Float64",
            AnswerKind.Whole => "Int64",
            AnswerKind.Day => "Date",
            _ => "String",
        };
        return column.IsKey ? type : $"Nullable({type})";
    }

    [GeneratedRegex(Mark + "[0-9a-f]{16}$")]
    private static partial Regex Staged();

    /// <summary>Writes rows as the server holds them, so that no digit is lost on the way through text.</summary>
    private sealed class Writer(ClickHouseAnswers place, BinaryWriter bytes, IReadOnlyList<AnswerColumn> columns) : AnswerWriter
    {
        /// <summary>Days that servers of 2018 hold.</summary>
        private static readonly DateOnly s_first = DateOnly.FromDateTime(DateTime.UnixEpoch), s_last = new(2105, 12, 31);

        private int _at;

        public long Rows { get; private set; }

        public override void Text(string? text)
        {
            if (IsThere(text is not null))
                bytes.Write(text!);
        }

        public override void Number(double? value)
        {
            if (IsThere(Known(value) is not null))
                bytes.Write(value!.Value);
        }

        public override void Whole(long? value)
        {
            if (IsThere(value is not null))
                bytes.Write(value!.Value);
        }

        public override void Day(DateOnly? day)
        {
            if (day is { } known && (known < s_first || known > s_last))
                throw new BadDataException($"{place.Name}: found the day {known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} for {columns[_at].Name}, expected one that ClickHouse holds, {s_first:yyyy-MM-dd} to {s_last:yyyy-MM-dd}; write to another place.");
            if (IsThere(day is not null))
                bytes.Write((ushort)(day!.Value.DayNumber - s_first.DayNumber));
        }

        public override void EndRow()
        {
            _at = 0;
            Rows++;
        }

        /// <summary>Begins a field with the mark of a missing value, where its column has one.</summary>
        private bool IsThere(bool isThere)
        {
            if (!columns[_at++].IsKey)
                bytes.Write(!isThere);
            return isThere;
        }
    }
}
