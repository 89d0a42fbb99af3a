using System.Globalization;
using CustomerValue.CustomerBook;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Customers;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>What pages ask of everyone in a book, a column each in memory: over a million customers the database takes seconds to count what this counts in a tenth of one.</summary>
internal sealed class BookColumns
{
    /// <summary>Columns of numbers and of a few words; those that a book lacks are left out.</summary>
    private static readonly string[]
        s_numbers = [.. DecisionCustomers.KeptNumbers.Concat(["lifetime_value", "current_index", "potential_index", "earlier_potential_value"]).Distinct()],
        s_words = [.. DecisionCustomers.KeptTexts.Concat(["quadrant", "earlier_stage", "earlier_strategy"]).Distinct()];

    private readonly Dictionary<string, double[]> _numbers;
    private readonly Dictionary<string, WordColumn> _words;
    private int _rows;

    private BookColumns(BookHeader header)
    {
        Shape = new BookShape(header);
        _numbers = Shape.Those(s_numbers).ToDictionary(name => name, _ => new double[header.Customers], StringComparer.Ordinal);
        _words = Shape.Those(s_words).ToDictionary(name => name, _ => new WordColumn(header.Customers), StringComparer.Ordinal);
    }

    public BookShape Shape { get; }

    public BookHeader Header => Shape.Header;

    /// <summary>The customers as decisions need them; null where the book was written without.</summary>
    public DecisionCustomers? Customers { get; private set; }

    /// <summary>Reads a book; null where there is none.</summary>
    /// <exception cref="CustomerBookException">The book cannot be read.</exception>
    public static async Task<BookColumns?> ReadAsync(CustomerBookDatabase book)
    {
        if (await book.HeaderAsync() is not { } now)
            return null;
        string[] numbers = [.. new BookShape(now).Those(s_numbers)], words = [.. new BookShape(now).Those(s_words)];
        BookColumns? read = null;
        string[] ids = [];
        double[][] numbersOf = [];
        WordColumn[] wordsOf = [];
        await book.ScanAsync([BookColumn.CustomerId.Name, .. numbers, .. words], header =>
        {
            read = new BookColumns(header);
            ids = new string[header.Customers];
            (numbersOf, wordsOf) = ([.. numbers.Select(name => read._numbers[name])], [.. words.Select(name => read._words[name])]);
        }, row =>
        {
            int at = read!._rows++;
            ids[at] = (string)row[0]!;
            for (int i = 0; i < numbersOf.Length; i++)
                numbersOf[i][at] = row[1 + i] as double? ?? double.NaN;
            for (int i = 0; i < wordsOf.Length; i++)
                wordsOf[i].Set(at, row[1 + numbersOf.Length + i] as string);
            return ValueTask.CompletedTask;
        });
        read?.MakeCustomers(ids);
        return read;
    }

    /// <summary>Customers by the values or bands of some columns, with sums of others, as <see cref="CustomerBookDatabase.GroupsAsync"/> gives them.</summary>
    public IReadOnlyList<BookGroup> Groups(IReadOnlyList<BookKey> keys, IReadOnlyList<BookSum> sums)
    {
        Func<int, int>[] codes = [.. keys.Select(CodesOf)];
        int[] sizes = [.. keys.Select(key => key.Edges.Count > 0 ? key.Edges.Count + 2 : _words[key.Column].Names.Count)]; // one more band for what is unknown
        (double[] Of, double[]? Times)[] summed = [.. sums.Select(sum => (_numbers[sum.Column], sum.Times is null ? null : _numbers[sum.Times]))];
        int cells = sizes.Aggregate(1, (all, size) => all * size);
        long[] customers = new long[cells];
        double[] totals = new double[cells * sums.Count];
        for (int row = 0; row < _rows; row++)
        {
            int cell = 0;
            for (int key = 0; key < codes.Length; key++)
                cell = cell * sizes[key] + codes[key](row);
            customers[cell]++;
            for (int sum = 0; sum < summed.Length; sum++)
                if (summed[sum].Of[row] * (summed[sum].Times?[row] ?? 1) is var value && !double.IsNaN(value))
                    totals[cell * summed.Length + sum] += value;
        }
        return [.. Enumerable.Range(0, cells).Where(cell => customers[cell] > 0).Select(cell => new BookGroup(Names(cell), customers[cell], totals[(cell * sums.Count)..((cell + 1) * sums.Count)]))];

        string?[] Names(int cell)
        {
            string?[] names = new string?[keys.Count];
            for (int key = keys.Count - 1; key >= 0; cell /= sizes[key--])
                names[key] = keys[key].Edges.Count == 0 ? _words[keys[key].Column].Names[cell % sizes[key]]
                    : cell % sizes[key] is var band && band > keys[key].Edges.Count ? null : band.ToString(CultureInfo.InvariantCulture);
            return names;
        }
    }

    private Func<int, int> CodesOf(BookKey key)
    {
        if (key.Edges.Count == 0)
            return _words[key.Column].Code;
        (double[] values, double[] edges) = (_numbers[key.Column], [.. key.Edges]);
        return row => Band(edges, values[row]);
    }

    /// <summary>The band of a value: how many edges it reaches; behind the last where it is unknown.</summary>
    private static int Band(double[] edges, double value)
    {
        if (double.IsNaN(value))
            return edges.Length + 1;
        int band = 0;
        while (band < edges.Length && value >= edges[band])
            band++;
        return band;
    }

    private void MakeCustomers(string[] ids)
    {
        if (DecisionCustomers.KeptNumbers.All(_numbers.ContainsKey) && DecisionCustomers.KeptTexts.All(_words.ContainsKey))
            Customers = DecisionCustomers.FromKept(new ObservationWindow(Header.AsOf, Header.HorizonDays), Header.ModelVersion, ids, _numbers, DecisionCustomers.KeptTexts.ToDictionary(name => name, name => _words[name].Texts()));
    }

    /// <summary>A column of a few words, a number each.</summary>
    private sealed class WordColumn(long customers)
    {
        private readonly byte[] _codes = new byte[customers];

        /// <summary>The words by their numbers; 0 stands for none.</summary>
        public List<string?> Names { get; } = [null];

        public int Code(int row) => _codes[row];

        public void Set(int row, string? word)
        {
            int code = Names.IndexOf(word);
            if (code < 0)
            {
                code = Names.Count;
                Names.Add(word);
            }
            _codes[row] = checked((byte)code);
        }

        public string[] Texts() => Array.ConvertAll(_codes, code => Names[code] ?? "");
    }
}
