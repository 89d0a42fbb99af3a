using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Year-first dates by the fast path: <c>2024-02-28</c>, <c>2024/02/28</c>, <c>20240228</c>, with or without a time.</summary>
internal sealed class YearFirstDate : DateReading
{
    public static YearFirstDate Instance { get; } = new();

    public override string Name => "year-month-day";

    public override string Option => "iso";

    public override string Example => "2024-02-28";

    public override int Rank => 3;

    public override bool TryParse(ReadOnlySpan<byte> text, out int dayNumber) => DateText.TryParse(text, out dayNumber);
}

/// <summary>Dates in a format that was asked for.</summary>
internal sealed class FormattedDate(DatePattern pattern) : DateReading
{
    public override string Name => pattern.Format;

    public override string Option => pattern.Format;

    public override string Example => pattern.Example;

    public override bool TryParse(ReadOnlySpan<byte> text, out int dayNumber) => pattern.TryParse(text, out dayNumber);
}
