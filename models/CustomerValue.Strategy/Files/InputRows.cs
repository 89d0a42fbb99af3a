using System.Globalization;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Text;

namespace CustomerValue.Strategy.Files;

/// <summary>Rows of a small delimited file, by column name; every error names file, line and column.</summary>
public sealed class InputRows : IDisposable
{
    private const int ProgressRows = 100_000;
    private static readonly string[] s_dayFormats = [.. new AttributeReadOptions().DateFormats];

    private readonly string _path;
    private readonly DelimitedText _records;
    private readonly string[] _names;
    private readonly IProgress<StepProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private List<string> _record = [];
    private long _rows;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="BadDataException">There is no such file, it is damaged or empty, or a name is missing or stands twice in the header.</exception>
    public InputRows(string path, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        _path = path;
        _progress = progress;
        _cancellation = cancellation;
        _records = DelimitedText.Open(path);
        _names = [.. (_records.Read() ?? throw new BadDataException($"{path}: found an empty file, expected a header line and rows; give the whole file.")).Select(name => name.Trim())];
        HeaderCheck.EveryColumnNamed(path, _names);
        HeaderCheck.EveryNameOnce(path, _names, Plain);
    }

    /// <summary>Line on which the row begins.</summary>
    public int Line => _records.Line;

    private string Place => PlaceOf(Line);

    /// <summary>Place of a row in a message.</summary>
    public string PlaceOf(int line) => string.Create(CultureInfo.InvariantCulture, $"{_path} line {line}");

    /// <summary>Column of one of some names, upper case, blanks and punctuation aside, or -1.</summary>
    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            for (int column = 0; column < _names.Length; column++)
                if (Plain(_names[column]) == Plain(name))
                    return column;
        return -1;
    }

    /// <summary>Column that must be there, by its name or another usual one.</summary>
    public int Require(params ReadOnlySpan<string> names)
    {
        int column = Find(names);
        return column >= 0 ? column
            : throw new BadDataException($"{_path} line 1: found no column '{names[0]}' among {string.Join(", ", _names)}, expected it; name the column so.");
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Next()
    {
        if (_records.Read() is not { } record)
        {
            _progress?.Report(new StepProgress($"reading {Path.GetFileName(_path)}", _rows, _rows, "rows"));
            return false;
        }
        if (record.Count != _names.Length)
            throw new BadDataException($"{Place}: found {record.Count} fields, expected {_names.Length} as in the header; mend the line.");
        _record = record;
        if (++_rows % ProgressRows == 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            _progress?.Report(new StepProgress($"reading {Path.GetFileName(_path)}", _rows, null, "rows"));
        }
        return true;
    }

    /// <summary>Text of a column, trimmed; empty where the column is absent.</summary>
    public string Text(int column) => column < 0 ? "" : _record[column].Trim();

    /// <summary>Text that must be there.</summary>
    public string Name(int column)
    {
        string text = Text(column);
        return text.Length > 0 ? text : throw Bad(column, "a name", "fill it in or remove the line");
    }

    /// <summary>A finite number of 0 or more, or null where the column is absent or blank.</summary>
    public double? Amount(int column, string what)
    {
        string text = Text(column);
        if (text.Length == 0)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value >= 0
            ? value : throw Bad(column, $"{what} of 0 or more, with a decimal point", "correct it");
    }

    /// <summary>A finite number of 0 or more that must be there.</summary>
    public double RequiredAmount(int column, string what) => Amount(column, what) ?? throw Bad(column, $"{what} of 0 or more", "fill it in");

    /// <summary>A finite number that must be there.</summary>
    public double Number(int column) =>
        double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value : throw Bad(column, "a number with a decimal point", "correct it");

    /// <summary>A day; a time of day after it is left out.</summary>
    public DateOnly Day(int column)
    {
        string text = Text(column);
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            return day;
        return DateTime.TryParseExact(text, s_dayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment)
            ? DateOnly.FromDateTime(moment) : throw Bad(column, "a date like 2024-02-28", "write dates so");
    }

    /// <summary>An error about one field.</summary>
    public BadDataException Bad(int column, string expected, string remedy) =>
        new($"{Place}, column '{_names[column]}': found '{Text(column)}', expected {expected}; {remedy}.");

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
