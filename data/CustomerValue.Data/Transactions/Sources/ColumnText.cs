using System.Globalization;
using System.Text;
using CustomerValue.Data.Files;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>The rows of a columnar source as lines of text: what recognition looks at, and the way of all rows that the direct one does not take.</summary>
public static class ColumnText
{
    /// <summary>A header and all rows, in UTF-8 with <see cref="DelimitedLine.FieldEnd"/> between fields.</summary>
    public static Stream Open(IColumnSource source) => new RowStream(source);

    // Moments beyond the calendar, such as a database's infinite ones, are none.
    private const long FirstSecond = -62_135_596_800, LastSecond = 253_402_300_799;

    /// <summary>One value as text; null for none.</summary>
    internal static string? Text(BatchColumn column, int row) => column switch
    {
        TextColumn text => text.Code(row) is var code and >= 0 ? Encoding.UTF8.GetString(text.Text(code)) : null,
        IntegerColumn whole => whole.IsMissing(row) ? null : whole.Values[row].ToString(CultureInfo.InvariantCulture),
        NumberColumn numbers => double.IsNaN(numbers.Values[row]) ? null : numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        MomentColumn moments => moments.Seconds[row] is < FirstSecond or > LastSecond ? null
            : DateTime.UnixEpoch.AddTicks(moments.Seconds[row] * TimeSpan.TicksPerSecond).ToString(moments.IsUtc ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"Unknown kind of column {column.GetType().Name}."),
    };

    private sealed class RowStream : ForwardStream
    {
        private const int Ahead = 1 << 18;

        private readonly IEnumerator<ColumnBatch> _batches;
        private readonly MemoryStream _lines = new();
        private readonly byte[]?[] _fields;
        private ColumnBatch? _batch;
        private int _row, _taken;

        public RowStream(IColumnSource source)
        {
            int[] all = [.. Enumerable.Range(0, source.Columns.Count)];
            _batches = Enumerable.Range(0, source.Parts).SelectMany(part => source.Read(part, all)).GetEnumerator();
            _fields = new byte[]?[source.Columns.Count];
            DelimitedLine.Write(_lines, [.. source.Columns.Select(Encoding.UTF8.GetBytes)]);
        }

        public override int Read(Span<byte> buffer)
        {
            if (_taken == _lines.Length)
            {
                _lines.SetLength(0);
                _taken = 0;
                while (_lines.Length < Ahead && NextRow())
                {
                    for (int column = 0; column < _fields.Length; column++)
                        _fields[column] = Text(_batch!.Columns[column], _row) is { } text ? Encoding.UTF8.GetBytes(text) : null;
                    DelimitedLine.Write(_lines, _fields);
                    _row++;
                }
            }
            int given = Math.Min(buffer.Length, (int)_lines.Length - _taken);
            _lines.GetBuffer().AsSpan(_taken, given).CopyTo(buffer);
            _taken += given;
            return given;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _batches.Dispose();
            base.Dispose(disposing);
        }

        private bool NextRow()
        {
            while (_batch is null || _row == _batch.Rows)
            {
                if (!_batches.MoveNext())
                    return false;
                (_batch, _row) = (_batches.Current, 0);
            }
            return true;
        }
    }
}
