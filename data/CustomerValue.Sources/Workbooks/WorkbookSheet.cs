using System.Globalization;
using System.Text;
using CustomerValue.Data.Files;
using CustomerValue.Data.Transactions.Sources;
using ExcelDataReader;

namespace CustomerValue.Sources.Workbooks;

/// <summary>One sheet as delimited text: dates as ISO, numbers with a decimal point, whole numbers without one.</summary>
internal sealed class WorkbookSheet(string path, int number, string name) : ITextSource
{
    public string Name => $"{path}[{name}]";

    public string Format => "workbook";

    public long Bytes { get; } = new FileInfo(path).Length;

    public char? Delimiter => DelimitedLine.FieldEnd;

    public Stream Open() => new SheetStream(path, number);

    public void Dispose()
    {
    }

    private sealed class SheetStream : ForwardStream
    {
        private const int Ahead = 1 << 16;

        private readonly FileStream _file;
        private readonly IExcelDataReader _reader;
        private readonly MemoryStream _lines = new();
        private int _taken;

        public SheetStream(string path, int number)
        {
            _file = File.OpenRead(path);
            _reader = ExcelReaderFactory.CreateReader(_file);
            for (int sheet = 0; sheet < number; sheet++)
                _reader.NextResult();
        }

        public override int Read(Span<byte> buffer)
        {
            if (_taken == _lines.Length)
            {
                _lines.SetLength(0);
                _taken = 0;
                while (_lines.Length < Ahead && _reader.Read())
                    WriteRow();
            }
            int given = Math.Min(buffer.Length, (int)_lines.Length - _taken);
            _lines.GetBuffer().AsSpan(_taken, given).CopyTo(buffer);
            _taken += given;
            return given;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _reader.Dispose();
                _file.Dispose();
            }
            base.Dispose(disposing);
        }

        private void WriteRow()
        {
            byte[]?[] fields = new byte[]?[_reader.FieldCount];
            for (int column = 0; column < fields.Length; column++)
                fields[column] = Text(_reader.GetValue(column)) is { } text ? Encoding.UTF8.GetBytes(text) : null;
            DelimitedLine.Write(_lines, fields);
        }

        private static string? Text(object? value) => value switch
        {
            null => null,
            DateTime moment when moment.TimeOfDay == TimeSpan.Zero => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            double number when number == Math.Floor(number) && Math.Abs(number) < 1e15 => ((long)number).ToString(CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()?.Trim(),
        };
    }
}
