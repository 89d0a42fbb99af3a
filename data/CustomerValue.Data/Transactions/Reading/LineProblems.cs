using System.Runtime.CompilerServices;
using System.Text;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Says what is wrong with a line, and which lines are none of data. One a thread; away from the way that good lines take.</summary>
internal sealed class LineProblems(FileLayout layout, ReaderOptions options)
{
    public const string NumberExample = "a number like 12.50", QuantityExample = "a finite number like 3", ValidText = "valid UTF-8; save the file as UTF-8";

    /// <summary>Days that programs write where there is no date.</summary>
    public static readonly IReadOnlyList<DateOnly> Placeholders = [new(1900, 1, 1), new(1900, 1, 2), new(1901, 1, 1), new(1969, 12, 31), new(1970, 1, 1)];

    private const string PlaceholderExpected = "the day of the transaction instead of a date that stands for none";

    private static readonly HashSet<int> s_placeholders = [.. Placeholders.Select(day => day.DayNumber)];

    private readonly ColumnPlan _plan = layout.Plan;
    private readonly int _customer = layout.Plan[ColumnRole.Customer], _date = layout.Plan[ColumnRole.Date];

    /// <summary>Dates up to this day may stand for none: 1970-01-01, the start of Unix time.</summary>
    public static int LastPlaceholder { get; } = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The chunk whose lines are looked at.</summary>
    public RowChunk Chunk { get; set; } = new(layout.Plan, 0, 0, false);

    /// <summary>Whether a day is one that programs write where there is no date.</summary>
    public static bool IsPlaceholder(int day) => s_placeholders.Contains(day);

    /// <summary>Rejects a line as a whole.</summary>
    public void RejectLine(int line, RejectReason reason, string found, string expected) => Chunk.Problems.Add(new RowProblem(line, reason, -1, found, expected));

    /// <summary>Rejects a line for one of its fields; always false.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Reject(int line, RejectReason reason, int column, ReadOnlySpan<byte> found, string expected)
    {
        Chunk.Problems.Add(new RowProblem(line, reason, column, FieldText.Shown(found), expected));
        return false;
    }

    /// <summary>A line whose date cannot be used: none of data, or rejected with the reason.</summary>
    /// <param name="record">The line.</param>
    /// <param name="line">Its place.</param>
    /// <param name="day">The day it names, or null where it names none.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RejectDate(Record record, int line, int? day)
    {
        ReadOnlySpan<byte> date = record[_date];
        if (day is { } known)
        {
            if (known > LastPlaceholder)
                Reject(line, RejectReason.DateAfterToday, _date, date, $"a date up to {options.LatestDay:yyyy-MM-dd} (date after today)");
            else
                Reject(line, RejectReason.PlaceholderDate, _date, date, PlaceholderExpected);
        }
        else if (IsPassedOver(record))
        {
            Chunk.PassedOver++;
        }
        else if (date.StartsWith("9999"u8) || date.StartsWith("0001"u8) || date.EndsWith("9999"u8) || date.StartsWith("0000"u8))
        {
            Reject(line, RejectReason.PlaceholderDate, _date, date, PlaceholderExpected);
        }
        else
        {
            Reject(line, RejectReason.BadDate, _date, date, $"a date like {layout.Dates?.Example ?? "2024-02-28"} from {DateText.FirstYear} to {DateText.LastYear}; set the date format if yours differs");
        }
    }

    /// <summary>A line that was not chosen, unless it is none of data.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void LeaveUnchosen(Record record)
    {
        if (record[_date].IsEmpty && IsPassedOver(record))
            Chunk.PassedOver++;
        else
            Chunk.NotChosen++;
    }

    /// <summary>Whether a line is a comment, a total, a repeated header or padding.</summary>
    public bool IsPassedOver(string[] fields) =>
        fields[0].TrimStart() is ['#', ..] || Array.TrueForAll(fields, string.IsNullOrWhiteSpace)
        || (fields.FirstOrDefault(field => !string.IsNullOrWhiteSpace(field)) is { } first && TotalLines.IsTotal(first))
        || (_plan.HasHeader && fields.Length == _plan.Names.Length && fields[_date].Trim() == _plan.Names[_date] && fields[_customer].Trim() == _plan.Names[_customer]);

    /// <summary>Whether a record with as many fields as the header is none of data.</summary>
    public bool IsPassedOver(Record record)
    {
        string[] fields = new string[record.Starts.Length];
        for (int column = 0; column < fields.Length; column++)
            fields[column] = Encoding.UTF8.GetString(record.Raw(column));
        return IsPassedOver(fields) || (string.IsNullOrWhiteSpace(fields[_date]) && Array.Exists(fields, TotalLines.IsTotal));
    }
}
