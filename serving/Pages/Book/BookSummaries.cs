using CustomerValue.CustomerBook;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>Counts and sums over the whole book. A book never changes, it is replaced; so what was counted once is kept until then.</summary>
internal sealed class BookSummaries(BookMemory memory)
{
    /// <summary>Edges of the bands of churn probability.</summary>
    private static readonly double[] s_churn = [0.2, 0.4, 0.6, 0.8];

    private volatile Kept? _kept;

    /// <summary>The base by strategy, stage, quadrant and band of churn; null where there is no book.</summary>
    public async Task<Overview?> OverviewAsync(CancellationToken cancellation) => (await KeptAsync(cancellation))?.Overview.Value;

    /// <summary>Customers and money by what they were in the book before and what they are now; null where there is no book or none before.</summary>
    public async Task<Changes?> ChangesAsync(CancellationToken cancellation) => (await KeptAsync(cancellation))?.Changes.Value;

    /// <summary>Customers and money by bands of two values and by quadrant: potential value, then current value; null where there is no book with values.</summary>
    public async Task<IReadOnlyList<BookGroup>?> BandsAsync(BookKey across, BookKey up, CancellationToken cancellation) =>
        await memory.CurrentAsync(cancellation) is { Shape: { HasStrategies: true } shape } columns ? columns.Groups([across, up, "quadrant"], [shape.Future, "current_value"]) : null;

    private async Task<Kept?> KeptAsync(CancellationToken cancellation)
    {
        if (await memory.CurrentAsync(cancellation) is not { } columns)
            return null;
        if (_kept is { } kept && ReferenceEquals(kept.Of, columns))
            return kept;
        return _kept = new Kept(columns, new(() => OverviewOf(columns)), new(() => ChangesOf(columns)));
    }

    private static Overview OverviewOf(BookColumns columns)
    {
        BookShape shape = columns.Shape;
        List<BookKey> keys = [.. shape.Those("strategy", "stage", "quadrant").Select(name => new BookKey(name)), new BookKey("churn_probability") { Edges = s_churn }, new BookKey(shape.Future) { Edges = [0] }];
        List<BookSum> sums = [.. shape.Those("realised_value", "current_value", "expected_spend", "expected_purchases", "headroom", "churn_probability").Select(name => new BookSum(name)), new BookSum(shape.Future), new BookSum(shape.Future, "churn_probability")];
        return new Overview(shape, keys, sums, columns.Groups(keys, sums));
    }

    private static Changes? ChangesOf(BookColumns columns) =>
        columns.Header.EarlierAsOf is { } earlier && columns.Shape is { HasStrategies: true } shape && shape.Has("earlier_strategy")
            ? new Changes(earlier, columns.Groups(["earlier_stage", "stage", "earlier_strategy", "strategy"], [shape.Future, "earlier_potential_value"])) : null;

    private sealed record Kept(BookColumns Of, Lazy<Overview> Overview, Lazy<Changes?> Changes);
}

/// <summary>Which columns a book has: versions without a strategy write fewer.</summary>
internal sealed class BookShape(BookHeader header)
{
    private readonly HashSet<string> _columns = [.. header.Columns.Select(column => column.Name)];
    private readonly Lazy<BookFacts?> _facts = new(() => BookFacts.Read(header.Facts));

    public BookHeader Header { get; } = header;

    /// <summary>What was known of the whole base when it was scored; null where nothing was written down.</summary>
    public BookFacts? Facts => _facts.Value;

    /// <summary>Whether customers have values and strategies.</summary>
    public bool HasStrategies => _columns.Contains("strategy");

    /// <summary>The column of what a customer will bring.</summary>
    public string Future => _columns.Contains("potential_value") ? "potential_value" : "lifetime_value";

    public bool Has(string name) => _columns.Contains(name);

    /// <summary>Those of some columns that the book has.</summary>
    public IEnumerable<string> Those(params string[] names) => names.Where(_columns.Contains);
}

/// <summary>The base by strategy, stage, quadrant and band of churn.</summary>
internal sealed class Overview(BookShape shape, IReadOnlyList<BookKey> keys, IReadOnlyList<BookSum> sums, IReadOnlyList<BookGroup> groups)
{
    /// <summary>Bands of churn probability, by their numbers.</summary>
    public const int ChurnBands = 5;

    public BookShape Shape { get; } = shape;

    public BookHeader Header => Shape.Header;

    /// <summary>The whole base.</summary>
    public OverviewGroup All => Sum("", groups);

    /// <summary>The base by the values of a column, most future value first.</summary>
    public IReadOnlyList<OverviewGroup> By(string column)
    {
        int key = keys.ToList().FindIndex(one => one.Column == column);
        return key < 0 ? [] : [.. groups.Where(group => group.Keys[key] is not null).GroupBy(group => group.Keys[key]!).Select(group => Sum(group.Key, [.. group])).OrderByDescending(group => group.Future)];
    }

    /// <summary>Customers expected to buy within the horizon: the sum of their probabilities.</summary>
    public double Buyers => All is { } all ? all.Customers - all.Stayers : 0;

    /// <summary>Customers that have two values.</summary>
    public OverviewGroup Where(string column, string value, string other, string otherValue)
    {
        int first = keys.ToList().FindIndex(one => one.Column == column), second = keys.ToList().FindIndex(one => one.Column == other);
        return Sum(value, first < 0 || second < 0 ? [] : [.. groups.Where(group => group.Keys[first] == value && group.Keys[second] == otherValue)]);
    }

    private OverviewGroup Sum(string name, IReadOnlyList<BookGroup> of)
    {
        int sign = keys.Count - 1;
        return new OverviewGroup
        {
            Name = name,
            Customers = of.Sum(group => group.Customers),
            Future = Column(Shape.Future),
            AtRisk = of.Where(group => group.Keys[sign] != "0").Sum(group => group.Sums[sums.Count - 1]),
            Current = Column("current_value"),
            Realised = Column("realised_value"),
            Spend = Column("expected_spend"),
            Purchases = Column("expected_purchases"),
            Headroom = Column("headroom"),
            Stayers = Column("churn_probability"),
        };

        double Column(string column)
        {
            int at = sums.ToList().FindIndex(sum => sum.Column == column && sum.Times is null);
            return at < 0 ? double.NaN : of.Sum(group => group.Sums[at]);
        }
    }
}

/// <summary>What changed since the book before.</summary>
/// <param name="Since">First day of its forecast.</param>
/// <param name="Groups">Customers by stage before and now, strategy before and now; with potential value now and before.</param>
internal sealed record Changes(DateOnly Since, IReadOnlyList<BookGroup> Groups)
{
    /// <summary>Customers who went from one stage to another; null before means that they are new.</summary>
    public (long Customers, double Future, double Before) Stages(string? before, string now) => Sum(Groups.Where(group => group.Keys[0] == before && group.Keys[1] == now));

    /// <summary>Customers who went from one strategy to another.</summary>
    public (long Customers, double Future, double Before) Strategies(string? before, string now) => Sum(Groups.Where(group => group.Keys[2] == before && group.Keys[3] == now));

    /// <summary>Strategies now and before, those that occur.</summary>
    public IReadOnlyList<string> Names => [.. Groups.SelectMany(group => new[] { group.Keys[2], group.Keys[3] }).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private static (long, double, double) Sum(IEnumerable<BookGroup> groups) => groups.Aggregate((0L, 0.0, 0.0), (sum, group) => (sum.Item1 + group.Customers, sum.Item2 + group.Sums[0], sum.Item3 + group.Sums[1]));
}

/// <summary>Some customers of the base, counted and summed.</summary>
internal sealed record OverviewGroup
{
    /// <summary>What they have in common.</summary>
    public required string Name { get; init; }

    public required long Customers { get; init; }

    /// <summary>Potential value.</summary>
    public required double Future { get; init; }

    /// <summary>Potential value times churn probability, where it is above 0.</summary>
    public required double AtRisk { get; init; }

    public required double Current { get; init; }

    public required double Realised { get; init; }

    /// <summary>Expected within the horizon.</summary>
    public required double Spend { get; init; }

    /// <summary>Expected within the horizon.</summary>
    public required double Purchases { get; init; }

    public required double Headroom { get; init; }

    /// <summary>Customers expected to stay away within the horizon.</summary>
    public required double Stayers { get; init; }
}
