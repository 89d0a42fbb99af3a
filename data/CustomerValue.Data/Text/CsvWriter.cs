using System.Globalization;
using System.Text;

namespace CustomerValue.Data.Text;

/// <summary>Writes CSV (RFC 4180): UTF-8 without a mark, commas, '\n' line ends, numbers in round-trip form, ISO dates, text quoted where it must be and guarded against spreadsheets.</summary>
public sealed class CsvWriter : IFieldWriter, IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly StreamWriter _writer;
    private readonly char[] _number = new char[32];
    private bool _started;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Takes the rows; it is left open.</param>
    /// <param name="names">Names of the columns.</param>
    public CsvWriter(Stream stream, params IEnumerable<string> names)
    {
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        foreach (string name in names)
            Text(name);
        EndRow();
    }

    /// <inheritdoc/>
    public void Text(string? text)
    {
        Separate();
        if (text is null)
            return;
        string guarded = FormulaGuard.Add(text);
        _writer.Write(guarded.AsSpan().ContainsAny(",\"\r\n") ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : guarded);
    }

    /// <inheritdoc/>
    public void Number(double? value) => Formatted(value, default);

    /// <inheritdoc/>
    public void Whole(long? value) => Formatted(value, default);

    /// <inheritdoc/>
    public void Day(DateOnly? day) => Formatted(day, "yyyy-MM-dd");

    /// <inheritdoc/>
    public void Flag(bool value) => Text(value ? "yes" : "no");

    /// <inheritdoc/>
    public void Texts(IReadOnlyList<string> texts) => Text(string.Join(' ', texts));

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        _writer.Write('\n');
        _started = false;
    }

    /// <summary>Hands the rows so far to the stream.</summary>
    public void Flush() => _writer.Flush();

    /// <summary>Hands the last rows to the stream.</summary>
    public void Dispose() => _writer.Dispose();

    private void Formatted<T>(T? value, ReadOnlySpan<char> format) where T : struct, ISpanFormattable
    {
        Separate();
        if (value is { } known && known.TryFormat(_number, out int length, format, CultureInfo.InvariantCulture))
            _writer.Write(_number, 0, length);
    }

    private void Separate()
    {
        if (_started)
            _writer.Write(',');
        _started = true;
    }
}
