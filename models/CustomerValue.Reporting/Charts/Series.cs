namespace CustomerValue.Reporting.Charts;

/// <summary>A place in a plot.</summary>
/// <param name="X">Horizontal value.</param>
/// <param name="Y">Vertical value.</param>
public sealed record Place(double X, double Y);

/// <summary>One line or cloud of points in a plot.</summary>
/// <param name="Name">What the legend calls it; empty for lines that need no name.</param>
/// <param name="Color">CSS colour.</param>
/// <param name="Places">The points, in order; those that are not finite are left out.</param>
public sealed record Series(string Name, string Color, IReadOnlyList<Place> Places)
{
    /// <summary>Whether the line is broken.</summary>
    public bool Dashed { get; init; }

    /// <summary>Whether each point is marked.</summary>
    public bool Marked { get; init; }

    /// <summary>Size of a mark in pixels.</summary>
    public double MarkSize { get; init; } = 7;

    /// <summary>Width of the line in pixels; 0 leaves the marks alone.</summary>
    public double Width { get; init; } = 2;

    /// <summary>A nameless upright line on a day, such as the cutoff; none where the day lies outside the axis.</summary>
    /// <param name="day">The day.</param>
    /// <param name="from">Where the axis begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="height">How high the line goes.</param>
    public static IEnumerable<Series> Upright(DateOnly day, DateOnly from, DateOnly to, double height) =>
        day <= from || day > to ? [] : [new Series("", Palette.Guide, [new Place(day.DayNumber, 0), new Place(day.DayNumber, height)]) { Width = 1 }];

    /// <summary>The points that can be drawn.</summary>
    public IReadOnlyList<Place> Drawn => [.. Places.Where(place => double.IsFinite(place.X) && double.IsFinite(place.Y))];
}

/// <summary>A value under a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record NamedValue(string Name, double Value);

/// <summary>Columns or bars of one colour.</summary>
/// <param name="Name">What the legend calls them.</param>
/// <param name="Color">CSS colour.</param>
/// <param name="Values">The values in order; those that are not finite are drawn as 0.</param>
public sealed record NamedSeries(string Name, string Color, IReadOnlyList<NamedValue> Values)
{
    /// <summary>The values as they can be drawn.</summary>
    public IReadOnlyList<NamedValue> Drawn => [.. Values.Select(value => double.IsFinite(value.Value) ? value : value with { Value = 0 })];
}

/// <summary>One axis of a plot.</summary>
/// <param name="Title">What runs along it.</param>
/// <param name="Min">Where it begins.</param>
/// <param name="Max">Where it ends.</param>
/// <param name="Step">Distance of two ticks.</param>
/// <param name="Text">Text of a tick.</param>
public sealed record Scale(string Title, double Min, double Max, double Step, Func<double, string> Text)
{
    private const int MostDays = 7;

    /// <summary>From 0 to 1 in steps of a fifth, in percent.</summary>
    public static Scale Shares(string title) => new(title, 0, 1, 0.2, value => FormattableString.Invariant($"{100 * value:0} %"));

    /// <summary>From 0 to a round number above the largest value, in four or five steps.</summary>
    public static Scale Above(string title, IEnumerable<double> values)
    {
        double most = values.Where(double.IsFinite).DefaultIfEmpty().Max();
        double rough = (most > 0 ? most : 1) / 4, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * Round(rough / power);
        return new Scale(title, 0, step * Math.Ceiling(most > 0 ? most / step : 1), step, value => value.ToString(step < 0.1 ? "0.00" : step < 1 ? "0.0" : "#,0.##", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Days by their dates, about seven of them named; places are day numbers.</summary>
    /// <param name="title">What runs along it.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public static Scale Days(string title, DateOnly from, DateOnly to) =>
        new(title, from.DayNumber, to.DayNumber, Math.Max((to.DayNumber - from.DayNumber) / MostDays, 1), day => DateOnly.FromDayNumber((int)day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    private static double Round(double factor) => factor switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
}

/// <summary>Colours that also colour-blind people tell apart, and that print.</summary>
public static class Palette
{
    /// <summary>The champion.</summary>
    public const string Champion = "#1f6f9f";

    /// <summary>A naive rule or the prior.</summary>
    public const string Rule = "#c77d1e";

    /// <summary>What happened.</summary>
    public const string Actual = "#3a3f45";

    /// <summary>A line for orientation.</summary>
    public const string Guide = "#a3a9b0";
}

/// <summary>An estimate with its interval under a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Mark">Something to compare it with, such as what it cost; null for nothing.</param>
public sealed record IntervalRow(string Name, double Estimate, double Low, double High, double? Mark = null);
