using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Months without a day, such as <c>2024-05</c>, <c>05/2024</c>, <c>May 2024</c> or <c>2024年5月</c>: the first day of the month.</summary>
internal sealed class MonthDate : DateReading
{
    public override string Name => "year and month";

    public override string Option => "month";

    public override string Example => "2024-02";

    public override bool IsMonth => true;

    public override bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        DateScanner scan = new(text);
        (int Value, int Digits) first = default, second = default;
        bool named = scan.TryMonth(out int month);
        if (!named && !scan.TryNumber(out first.Value, out first.Digits))
            return false;
        if (!scan.TrySeparator())
            return false;
        bool namedBehind = !named && scan.TryMonth(out month);
        if (!namedBehind && !scan.TryNumber(out second.Value, out second.Digits))
            return false;
        scan.EndDate();
        if (!scan.AtEnd)
            return false;
        (int year, int digits) = named ? second : namedBehind || first.Digits == 4 ? first : second;
        if (month == 0)
            month = first.Digits == 4 ? second.Value : first.Value;
        return digits == 4 && DateText.TryDay(year, month, 1, out dayNumber);
    }
}
