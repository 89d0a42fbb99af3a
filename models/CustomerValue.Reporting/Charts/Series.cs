namespace CustomerValue.Reporting.Charts;

/// <summary>A place in a plot.</summary>
/// <param name="X">Horizontal value.</param>
/// <param name="Y">Vertical value.</param>
public sealed record Place(double X, double Y);

/// <summary>One line, cloud of points or row of columns in a plot.</summary>
/// <param name="Name">The name that stands beside it; empty for none.</param>
/// <param name="Tone">Its colour, one of <see cref="Charts.Tone"/>.</param>
/// <param name="Places">The points, in order; those that are not finite are left out.</param>
public sealed record Series(string Name, string Tone, IReadOnlyList<Place> Places)
{
    /// <summary>Whether the line is broken.</summary>
    public bool Dashed { get; init; }

    /// <summary>Whether the line or the points are thin.</summary>
    public bool Thin { get; init; }

    /// <summary>Whether a line joins the points.</summary>
    public bool Lined { get; init; } = true;

    /// <summary>Whether each point is marked.</summary>
    public bool Marked { get; init; }

    /// <summary>Whether the points are tops of columns.</summary>
    public bool Columns { get; init; }

    /// <summary>Where the name stands; at the last point where null.</summary>
    public Place? NamedAt { get; init; }

    /// <summary>Whether the name stands below that place instead of above.</summary>
    public bool NamedBelow { get; init; }

    /// <summary>The points that can be drawn.</summary>
    public IReadOnlyList<Place> Drawn => [.. Places.Where(place => double.IsFinite(place.X) && double.IsFinite(place.Y))];

    /// <summary>A row of columns, each over its place in the row.</summary>
    /// <param name="name">The name in the legend.</param>
    /// <param name="tone">Their colour.</param>
    /// <param name="values">Their heights.</param>
    public static Series OfColumns(string name, string tone, IEnumerable<double> values) => new(name, tone, [.. values.Select((value, i) => new Place(i, Math.Max(0, value)))]) { Columns = true };

    /// <summary>A nameless upright line on a day, such as the cutoff; none where the day lies outside the axis.</summary>
    /// <param name="day">The day.</param>
    /// <param name="from">Where the axis begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="height">How high the line goes.</param>
    public static IEnumerable<Series> Upright(DateOnly day, DateOnly from, DateOnly to, double height) =>
        day <= from || day > to ? [] : [new Series("", Charts.Tone.Guide, [new Place(day.DayNumber, 0), new Place(day.DayNumber, height)]) { Thin = true }];
}

/// <summary>Colours that also colour-blind people tell apart; classes of the style sheet, which knows them light and dark.</summary>
public static class Tone
{
    /// <summary>The champion.</summary>
    public const string Champion = "blue";

    /// <summary>A naive rule or the prior.</summary>
    public const string Rule = "amber";

    /// <summary>What happened.</summary>
    public const string Actual = "ink";

    /// <summary>A line for orientation.</summary>
    public const string Guide = "guide";
}

/// <summary>An estimate with its interval under a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Told">The same in words.</param>
/// <param name="Mark">Something to compare it with, such as what it cost; null for nothing.</param>
public sealed record IntervalRow(string Name, double Estimate, double Low, double High, string Told, double? Mark = null);
