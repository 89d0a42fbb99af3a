using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>In which order a date names its parts.</summary>
internal enum DateOrder
{
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

/// <summary>Dates as people and programs write them: any separators, month names, a weekday before, a time, AM or PM and a zone behind.</summary>
/// <remarks>Without a stated zone the day is the one written. With one, a moment with an offset or zone of its own is moved there first.</remarks>
internal sealed class WrittenDate(DateOrder order, bool shortYear, TimeZoneInfo? zone) : DateReading
{
    private const int PivotYear = 68;

    public DateOrder Order => order;

    public override string Name => (order switch
    {
        DateOrder.YearMonthDay => "year/month/day",
        DateOrder.DayMonthYear => "day/month/year",
        _ => "month/day/year",
    }) + (shortYear ? " with two digits of the year" : "");

    public override string Option => order switch
    {
        DateOrder.YearMonthDay => shortYear ? "yy/MM/dd" : "yyyy/MM/dd",
        DateOrder.DayMonthYear => shortYear ? "dd/MM/yy" : "dd/MM/yyyy",
        _ => shortYear ? "MM/dd/yy" : "MM/dd/yyyy",
    };

    public override string Example => order switch
    {
        DateOrder.YearMonthDay => shortYear ? "24-02-28" : "2024-02-28",
        DateOrder.DayMonthYear => shortYear ? "28/02/24" : "28/02/2024",
        _ => shortYear ? "02/28/24" : "02/28/2024",
    };

    public override int Rank => shortYear ? 0 : 2;

    public override bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        DateScanner scan = new(text);
        if (!TryDay(ref scan, out int day))
            return false;
        if (!scan.TryTime(out ClockTime time))
            return false;
        dayNumber = zone is null || !time.HasTime ? day : Moved(day, time, zone);
        return true;
    }

    private bool TryDay(ref DateScanner scan, out int day)
    {
        day = 0;
        scan.SkipWeekday();
        if (scan.TryCompact(out int y, out int m, out int d))
            return order == DateOrder.YearMonthDay && !shortYear && DateText.TryDay(y, m, d, out day);
        Span<(int Value, int Digits)> parts = stackalloc (int, int)[3];
        int month = 0, numbers = 0;
        for (int part = 0; part < 3; part++)
        {
            if (part > 0 && !scan.TrySeparator())
                return false;
            if (month == 0 && scan.TryMonth(out month))
                continue;
            if (numbers == 3 || !scan.TryNumber(out parts[numbers].Value, out parts[numbers].Digits))
                return false;
            numbers++;
        }
        scan.EndDate();
        (int year, int dayOfMonth) = (0, 0);
        int yearAt;
        if (month > 0)
        {
            yearAt = order == DateOrder.YearMonthDay ? 0 : 1;
            if (numbers != 2)
                return false;
            dayOfMonth = parts[1 - yearAt].Value;
        }
        else
        {
            yearAt = order == DateOrder.YearMonthDay ? 0 : 2;
            if (numbers != 3)
                return false;
            month = parts[order == DateOrder.MonthDayYear ? 0 : 1].Value;
            dayOfMonth = parts[order switch { DateOrder.YearMonthDay => 2, DateOrder.DayMonthYear => 0, _ => 1 }].Value;
        }
        if (parts[yearAt].Digits != (shortYear ? 2 : 4))
            return false;
        foreach ((int _, int digits) in parts[..numbers])
            if (digits > 2 && digits != 4)
                return false;
        year = shortYear ? parts[yearAt].Value + (parts[yearAt].Value <= PivotYear ? 2000 : 1900) : parts[yearAt].Value;
        return DateText.TryDay(year, month, dayOfMonth, out day);
    }

    /// <summary>The day in the stated zone of a moment that names its own.</summary>
    private static int Moved(int day, ClockTime time, TimeZoneInfo zone)
    {
        DateTime local = DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue).AddSeconds(time.Seconds);
        if (time.OffsetMinutes is { } minutes)
            local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(local.AddMinutes(-minutes), DateTimeKind.Utc), zone);
        else if (time.Zone is { } own && TimeZoneInfo.TryFindSystemTimeZoneById(own, out TimeZoneInfo? found))
            local = TimeZoneInfo.ConvertTimeFromUtc(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), found), zone);
        return DateOnly.FromDateTime(local).DayNumber;
    }
}
