using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Which way of writing dates a column uses: the one that fits every sampled value.</summary>
/// <remarks>
/// Where two fit and disagree, all values of the file are looked at instead of the sample, then the order of the rows: files are mostly written in order of
/// time, and the wrong order of day and month jumps about. That is said as a finding; what it cannot decide is an error that shows both readings.
/// </remarks>
internal sealed class DateRecognition(string path, string column, TimeZoneInfo? zone)
{
    /// <summary>Share of values a reading must fit; the others count as rejects.</summary>
    private const double EnoughFit = 0.75;

    /// <summary>Rows that must be there before their order counts, and the share of steps back that still counts as in order.</summary>
    private const int RowsForOrder = 12;

    private const double InOrder = 0.02, OutOfOrder = 0.1;

    private DateReading[] Candidates =>
    [
        .. zone is null ? [(DateReading)YearFirstDate.Instance] : Array.Empty<DateReading>(),
        new WrittenDate(DateOrder.YearMonthDay, shortYear: false, zone), new WrittenDate(DateOrder.DayMonthYear, shortYear: false, zone), new WrittenDate(DateOrder.MonthDayYear, shortYear: false, zone),
        new WrittenDate(DateOrder.DayMonthYear, shortYear: true, zone), new WrittenDate(DateOrder.MonthDayYear, shortYear: true, zone), new WrittenDate(DateOrder.YearMonthDay, shortYear: true, zone),
        new EpochDate("seconds", 1, zone), new EpochDate("milliseconds", 1_000, zone), new EpochDate("microseconds", 1_000_000, zone), new EpochDate("nanoseconds", 1_000_000_000, zone),
        new SerialDate(from1904: false), new MonthDate(),
    ];

    /// <summary>The reading that was asked for, or null where the format is one of the pattern language.</summary>
    public static DateReading? ByName(string format, TimeZoneInfo? zone) => format switch
    {
        "excel" or "excel-1900" => new SerialDate(from1904: false),
        "excel-1904" => new SerialDate(from1904: true),
        "epoch" or "epoch-seconds" => new EpochDate("seconds", 1, zone),
        "epoch-milliseconds" => new EpochDate("milliseconds", 1_000, zone),
        "epoch-microseconds" => new EpochDate("microseconds", 1_000_000, zone),
        "epoch-nanoseconds" => new EpochDate("nanoseconds", 1_000_000_000, zone),
        "month" => new MonthDate(),
        "iso" => zone is null ? YearFirstDate.Instance : new WrittenDate(DateOrder.YearMonthDay, shortYear: false, zone),
        _ => null,
    };

    /// <param name="sample">Values in the order of the file.</param>
    /// <param name="latestDay">The last day that may occur, or null; a reading with later days gives way to one without.</param>
    /// <param name="everything">All values of the file, asked for only where the sample does not decide.</param>
    /// <param name="findings">Takes what was decided by evidence alone.</param>
    /// <exception cref="BadDataException">No reading fits, or two do.</exception>
    public DateReading Choose(IReadOnlyList<byte[]> sample, DateOnly? latestDay, Func<IReadOnlyList<byte[]>> everything, ICollection<Finding> findings)
    {
        if (sample.Count == 0)
            return zone is null ? YearFirstDate.Instance : Candidates[0];
        // The usual case needs no rivals: a year of four digits in front and a dash or stroke behind it read one way only.
        if (zone is null && sample.All(value => value.Length >= 10 && value[4] is (byte)'-' or (byte)'/' && YearFirstDate.Instance.TryParse(value, out _)))
            return YearFirstDate.Instance;
        Fit[] fits = [.. Candidates.Select(candidate => Fit.Of(candidate, sample)).Where(fit => fit.Count > 0).OrderByDescending(fit => fit.Count).ThenByDescending(fit => fit.Reading.Rank)];
        if (fits.Length == 0 || fits[0].Count < EnoughFit * sample.Count)
            return NothingFits(fits, sample);
        Fit[] rivals = Rivals(fits);
        if (rivals.Length > 1)
        {
            IReadOnlyList<byte[]> all = everything();
            rivals = Rivals([.. rivals.Select(rival => Fit.Of(rival.Reading, all)).OrderByDescending(fit => fit.Count).ThenByDescending(fit => fit.Reading.Rank)]);
            if (rivals.Length > 1 && latestDay is { } latest)
                rivals = [.. rivals.Where(rival => rival.Latest <= latest.DayNumber).DefaultIfEmpty(rivals[0])];
            if (rivals.Length > 1)
                return ByOrder(rivals, all, findings);
        }
        DateReading chosen = rivals[0].Reading;
        if (chosen.IsMonth)
            findings.Add(new Finding("month-only", Severity.Warning,
                $"{path}, column '{column}': dates such as '{Text(sample[0])}' name no day and are read as the first of the month.",
                "Export the day: a month is too coarse for churn and purchases within a month or so, and purchases of one month merge."));
        if (chosen is SerialDate)
            findings.Add(new Finding("date-serials", Severity.Information,
                $"{path}, column '{column}': dates such as '{Text(sample[0])}' are read as days since 1900 of a spreadsheet: {Day(chosen, sample[0])}.",
                "Nothing, if that is right; --date-format excel-1904 reads them four years and a day later, as old Macintosh workbooks write them."));
        return chosen;
    }

    /// <summary>Those of the best that fit as much and give other days.</summary>
    private static Fit[] Rivals(Fit[] fits) =>
        [.. fits.Where((fit, index) => index == 0 || (fit.Count == fits[0].Count && fit.Reading.Rank + 1 >= fits[0].Reading.Rank && !fit.Days.AsSpan().SequenceEqual(fits[0].Days)))];

    private DateReading ByOrder(Fit[] rivals, IReadOnlyList<byte[]> values, ICollection<Finding> findings)
    {
        (Fit Fit, double Back)[] orders = [.. rivals.Select(rival => (rival, rival.StepsBack())).OrderBy(pair => pair.Item2)];
        if (values.Count >= RowsForOrder && orders[0].Back <= InOrder && orders[1].Back >= OutOfOrder)
        {
            findings.Add(new Finding("date-order-by-rows", Severity.Warning,
                $"{path}, column '{column}': dates such as '{Text(values[0])}' fit {orders[0].Fit.Reading.Name} and {orders[1].Fit.Reading.Name}; they are read as {orders[0].Fit.Reading.Name} ({Day(orders[0].Fit.Reading, values[0])}), because the rows then stand in order of time.",
                $"Nothing, if that is right; otherwise say --date-format {orders[1].Fit.Reading.Option}."));
            return orders[0].Fit.Reading;
        }
        DateReading first = rivals[0].Reading, second = rivals[1].Reading;
        byte[] example = values.FirstOrDefault(value => Day(first, value) != Day(second, value)) ?? values[0];
        throw new BadDataException(
            $"{path}, column '{column}': found dates such as '{Text(example)}', which fit {first.Name} ({Day(first, example)}) and {second.Name} ({Day(second, example)}), expected dates that fit one reading; say which with --date-format {first.Option} or --date-format {second.Option}.");
    }

    private DateReading NothingFits(Fit[] fits, IReadOnlyList<byte[]> sample)
    {
        // A few sampled values may all be bad; the reader then tells each of them.
        DateReading first = fits.Length > 0 ? fits[0].Reading : YearFirstDate.Instance;
        byte[][] others = [.. sample.Where(value => !first.TryParse(value, out _))];
        Fit? second = Candidates.Select(candidate => Fit.Of(candidate, others)).MaxBy(fit => fit.Count);
        if (fits.Length == 0 || second is null || second.Count == 0 || fits[0].Count + second.Count < EnoughFit * sample.Count)
            return first;
        throw new BadDataException(
            $"{path}, column '{column}': found dates in two ways, {fits[0].Count:N0} of {sample.Count:N0} sampled as {first.Name} and {second.Count:N0} others as {second.Reading.Name} (such as '{Text(others.First(value => second.Reading.TryParse(value, out _)))}'), expected one; mend the file, or say which with --date-format {first.Option}.");
    }

    private static string Text(byte[] value) => Reading.FieldText.Shown(value);

    private static string Day(DateReading reading, byte[] value) =>
        reading.TryParse(value, out int day) ? DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "no date";

    /// <summary>How a reading fits values.</summary>
    private sealed record Fit(DateReading Reading, int[] Days, int Count, int Latest)
    {
        private const int NoDay = -1;

        public static Fit Of(DateReading reading, IReadOnlyList<byte[]> values)
        {
            int[] days = new int[values.Count];
            int count = 0, latest = 0;
            for (int i = 0; i < days.Length; i++)
            {
                bool fits = reading.TryParse(values[i], out int day);
                days[i] = fits ? day : NoDay;
                count += fits ? 1 : 0;
                latest = fits ? Math.Max(latest, day) : latest;
            }
            return new Fit(reading, days, count, latest);
        }

        /// <summary>Share of steps from one value to the next that go against the main direction.</summary>
        public double StepsBack()
        {
            int back = 0, forth = 0;
            for (int i = 1; i < Days.Length; i++)
            {
                back += Days[i] < Days[i - 1] ? 1 : 0;
                forth += Days[i] > Days[i - 1] ? 1 : 0;
            }
            return back + forth == 0 ? 1 : (double)Math.Min(back, forth) / (back + forth);
        }
    }
}
