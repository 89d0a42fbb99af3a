using System.Globalization;
using CustomerValue.CustomerBook;
using CustomerValue.Reporting.Design;
using CustomerValue.Serving.Pages.Book;
using CustomerValue.Serving.Pages.Shell;

namespace CustomerValue.Serving.Pages.Map;

/// <summary>Customers in cells of current by potential value: three bands on either side of each line.</summary>
internal sealed class MapGrid
{
    /// <summary>Bands of money, as multiples of the line; one more holds what is nothing or less.</summary>
    private static readonly double[] s_multiples = [0.04, 0.2, 1, 5, 25];

    private readonly MapLines _lines;
    private readonly double[] _across, _up;
    private readonly MapCell[,] _cells;

    private MapGrid(MapLines lines, double[] across, double[] up, IReadOnlyList<BookGroup> groups)
    {
        (_lines, _across, _up, _cells) = (lines, across, up, new MapCell[across.Length + 1, up.Length + 1]);
        foreach (BookGroup group in groups)
            if (group.Keys[0] is { } x && group.Keys[1] is { } y)
            {
                ref MapCell cell = ref _cells[Band(x), Band(y)];
                cell = new MapCell(cell.Customers + group.Customers, cell.Future + group.Sums[0]);
            }
    }

    public bool OnMoney => _lines.OnMoney;

    public int Columns => _across.Length + 1;

    public int Rows => _up.Length + 1;

    public MapCell this[int across, int up] => _cells[across, up];

    public static async Task<MapGrid?> OfAsync(BookSummaries summaries, MapLines lines, CancellationToken cancellation)
    {
        double[] across = Edges(lines, lines.Current), up = Edges(lines, lines.Potential);
        return await summaries.BandsAsync(new BookKey(lines.Across) { Edges = across }, new BookKey(lines.Up) { Edges = up }, cancellation) is { } groups ? new MapGrid(lines, across, up, groups) : null;
    }

    /// <summary>The quadrant of a side of both lines.</summary>
    public static string Side(bool highCurrent, bool highPotential) => (highCurrent, highPotential) switch { (true, true) => "develop", (true, false) => "retain", (false, true) => "cultivate", _ => "maintain" };

    /// <summary>The quadrant that a cell lies in.</summary>
    public string Corner(int across, int up) => Side(across > Line(_across, _lines.Current), up > Line(_up, _lines.Potential));

    /// <summary>Share of the strongest colour, in percent: by the root of money, so that small groups are seen too.</summary>
    public string Weight(MapCell cell)
    {
        double most = Enumerable.Range(0, Columns).Max(x => Enumerable.Range(0, Rows).Max(y => Math.Max(0, _cells[x, y].Future)));
        return (most > 0 ? 8 + 50 * Math.Sqrt(Math.Max(0, cell.Future) / most) : 8).ToString("0", CultureInfo.InvariantCulture);
    }

    /// <summary>Where the lines run along a cell.</summary>
    public string Edge(int across, int up) => (across == Line(_across, _lines.Current) + 1 ? "line-left " : "") + (up == Line(_up, _lines.Potential) + 1 ? "line-below" : "");

    /// <summary>The people of a cell.</summary>
    public string Link(int across, int up) => $"/customers?{Bounds(_lines.Across, _across, across)}{Bounds(_lines.Up, _up, up)}sort=-{_lines.Up}";

    public string AcrossName(int band, PageScope scope) => Name(_across, band, scope);

    public string UpName(int band, PageScope scope) => Name(_up, band, scope);

    private string Name(double[] edges, int band, PageScope scope) => (band == 0 ? "< " : "≥ ") + (OnMoney ? scope.Money(edges[Math.Max(0, band - 1)]) : Readable.Money(edges[Math.Max(0, band - 1)], scope.Language));

    private static string Bounds(string column, double[] edges, int band) => FormattableString.Invariant($"{(band > 0 ? $"min_{column}={edges[band - 1]:R}&" : "")}{(band < edges.Length ? $"max_{column}={Math.BitDecrement(edges[band]):R}&" : "")}");

    /// <summary>The band that ends at the line.</summary>
    private static int Line(double[] edges, double line) => Array.IndexOf(edges, line);

    private static double[] Edges(MapLines lines, double line) => !lines.OnMoney
        ? [line / 3, 2 * line / 3, line, line + (100 - line) / 3, line + 2 * (100 - line) / 3]
        : line <= 0 ? [line] : [.. s_multiples.Select(times => times == 1 ? line : Round(times * line))];

    /// <summary>To one digit that counts.</summary>
    private static double Round(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Math.Round(value / power) * power;
    }

    private static int Band(string key) => int.Parse(key, CultureInfo.InvariantCulture);
}

/// <summary>The customers of a cell.</summary>
/// <param name="Customers">How many.</param>
/// <param name="Future">Their potential value.</param>
internal readonly record struct MapCell(long Customers, double Future);
