using CustomerValue.Reporting.Design;

namespace CustomerValue.Reporting.Charts;

/// <summary>One axis of a plot.</summary>
/// <param name="Title">What runs along it; empty where the heading says it.</param>
/// <param name="Min">Where it begins.</param>
/// <param name="Max">Where it ends.</param>
/// <param name="Ticks">The values that are written beside it.</param>
/// <param name="Text">Text of a tick.</param>
public sealed record Scale(string Title, double Min, double Max, IReadOnlyList<double> Ticks, Func<double, string> Text)
{
    private const int MostDays = 7;
    private static readonly int[] s_months = [1, 2, 3, 6, 12, 24, 60, 120];

    /// <summary>From 0 to 1, in percent.</summary>
    /// <param name="title">What runs along it.</param>
    public static Scale Shares(string title) => new(title, 0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1], value => FormattableString.Invariant($"{100 * value:0} %"));

    /// <summary>From 0 to a round number above the largest value, in four or five steps.</summary>
    /// <param name="title">What runs along it.</param>
    /// <param name="values">The values that are drawn.</param>
    /// <param name="text">Text of a tick; short money where null.</param>
    public static Scale Above(string title, IEnumerable<double> values, Func<double, string>? text = null)
    {
        double most = values.Where(double.IsFinite).DefaultIfEmpty().Max(), rough = (most > 0 ? most : 1) / 4, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 });
        int steps = (int)Math.Ceiling(most > 0 ? most / step : 1);
        return new Scale(title, 0, step * steps, [.. Enumerable.Range(0, steps + 1).Select(i => i * step)], text ?? (value => Readable.Money(value)));
    }

    /// <summary>Names side by side, each at its place in the row.</summary>
    /// <param name="title">What they are.</param>
    /// <param name="names">The names.</param>
    public static Scale Names(string title, IReadOnlyList<string> names) => new(title, -0.5, names.Count - 0.5, [.. Enumerable.Range(0, names.Count).Select(i => (double)i)], i => names[(int)i]);

    /// <summary>Days, with beginnings of months written beside them, or dates where there are few months; places are day numbers.</summary>
    /// <param name="title">What runs along it.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public static Scale Days(string title, DateOnly from, DateOnly to)
    {
        int months = 12 * (to.Year - from.Year) + to.Month - from.Month, days = to.DayNumber - from.DayNumber;
        if (months < 3)
            return new Scale(title, from.DayNumber, to.DayNumber, [.. Enumerable.Range(0, days + 1).Where(day => day % Math.Max(1, days / 4) == 0).Select(day => (double)(from.DayNumber + day))], Day);
        int step = s_months.First(step => months / step <= MostDays || step == s_months[^1]);
        DateOnly first = new DateOnly(from.Year, 1, 1);
        return new Scale(title, from.DayNumber, to.DayNumber, [.. Enumerable.Range(0, months + 13).Where(month => month % step == 0).Select(first.AddMonths).Where(day => day >= from && day <= to).Select(day => (double)day.DayNumber)], day => Day(day)[..7]);
    }

    private static string Day(double day) => Readable.Day(DateOnly.FromDayNumber((int)day));
}
