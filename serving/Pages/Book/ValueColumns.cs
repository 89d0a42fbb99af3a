using System.Globalization;
using CustomerValue.CustomerBook;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>What the map shows of every customer of a book, a column each in memory: lines moved by hand are counted without asking the database again, which takes seconds for a million customers.</summary>
internal sealed class ValueColumns
{
    private const string Current = "current_value", Quadrant = "quadrant";

    private readonly Dictionary<string, double[]> _numbers;
    private readonly byte[] _quadrants;
    private readonly List<string?> _names = [null];

    private ValueColumns(BookHeader header, IEnumerable<string> columns)
    {
        Header = header;
        _numbers = columns.ToDictionary(column => column, _ => new double[header.Customers], StringComparer.Ordinal);
        _quadrants = new byte[header.Customers];
    }

    /// <summary>The book that they are of.</summary>
    public BookHeader Header { get; }

    /// <summary>Reads them; null where there is no book, or one without values.</summary>
    /// <param name="book">The book.</param>
    /// <param name="lines">Columns that lines are drawn on.</param>
    /// <exception cref="CustomerBookException">The book cannot be read.</exception>
    public static async Task<ValueColumns?> ReadAsync(CustomerBookDatabase book, IEnumerable<string> lines)
    {
        if (await book.HeaderAsync() is not { } now || new BookShape(now) is not { HasStrategies: true } shape)
            return null;
        string[] names = [.. lines.Append(shape.Future).Append(Current).Distinct()];
        ValueColumns? read = null;
        int row = 0;
        double[][] columns = [];
        await book.ScanAsync([.. names, Quadrant], header =>
        {
            read = new ValueColumns(header, names);
            columns = [.. names.Select(name => read._numbers[name])];
            row = 0;
        }, values =>
        {
            for (int i = 0; i < columns.Length; i++)
                columns[i][row] = values[i] as double? ?? double.NaN;
            read!._quadrants[row++] = read.NumberOf(values[^1] as string);
            return ValueTask.CompletedTask;
        });
        return read;
    }

    /// <summary>Customers by bands of two columns and by quadrant, with sums of what they will bring and bring a year, as <see cref="CustomerBookDatabase.GroupsAsync"/> gives them.</summary>
    public IReadOnlyList<BookGroup> Bands(BookKey across, BookKey up)
    {
        double[] xs = _numbers[across.Column], ys = _numbers[up.Column], future = _numbers[new BookShape(Header).Future], current = _numbers[Current];
        // One more band for what is unknown.
        int wide = across.Edges.Count + 2, high = up.Edges.Count + 2;
        (long Customers, double Future, double Current)[] cells = new (long, double, double)[wide * high * _names.Count];
        for (int i = 0; i < xs.Length; i++)
        {
            ref (long Customers, double Future, double Current) cell = ref cells[(((Band(across.Edges, xs[i]) * high) + Band(up.Edges, ys[i])) * _names.Count) + _quadrants[i]];
            cell.Customers++;
            cell.Future += double.IsNaN(future[i]) ? 0 : future[i];
            cell.Current += double.IsNaN(current[i]) ? 0 : current[i];
        }
        return [.. cells.Index().Where(cell => cell.Item.Customers > 0).Select(cell => new BookGroup(
            [Key(across, cell.Index / _names.Count / high), Key(up, cell.Index / _names.Count % high), _names[cell.Index % _names.Count]], cell.Item.Customers, [cell.Item.Future, cell.Item.Current]))];
    }

    /// <summary>The band of a value: how many edges it reaches; behind the last where it is unknown.</summary>
    private static int Band(IReadOnlyList<double> edges, double value)
    {
        if (double.IsNaN(value))
            return edges.Count + 1;
        int band = 0;
        while (band < edges.Count && value >= edges[band])
            band++;
        return band;
    }

    private static string? Key(BookKey key, int band) => band > key.Edges.Count ? null : band.ToString(CultureInfo.InvariantCulture);

    private byte NumberOf(string? quadrant)
    {
        int number = _names.IndexOf(quadrant);
        if (number < 0)
        {
            number = _names.Count;
            _names.Add(quadrant);
        }
        return (byte)number;
    }
}
