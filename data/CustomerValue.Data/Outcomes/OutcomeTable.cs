using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Outcomes;

/// <summary>What the customers of a population did within the horizon: the only code that looks past a cutoff.</summary>
public sealed class OutcomeTable
{
    private readonly double[] _purchases, _spend, _margin, _nextPurchase;
    private readonly bool[] _churned;

    private OutcomeTable(ObservationWindow window, int count, bool marginKnown)
    {
        Window = window;
        (_purchases, _spend, _nextPurchase, _churned) = (new double[count], new double[count], new double[count], new bool[count]);
        _margin = marginKnown ? new double[count] : [];
    }

    /// <summary>The past of the population and the horizon that was looked at.</summary>
    public ObservationWindow Window { get; }

    /// <summary>Customers, in the order of the population.</summary>
    public int Count => _purchases.Length;

    /// <summary>Purchase days in <c>[cutoff, end)</c>.</summary>
    public ReadOnlySpan<double> Purchases => _purchases;

    /// <summary>Spend in the horizon after the returns policy.</summary>
    public ReadOnlySpan<double> Spend => _spend;

    /// <summary>Whether there was no purchase in the horizon.</summary>
    public ReadOnlySpan<bool> Churned => _churned;

    /// <summary>Margin in the horizon, 0 without a purchase, NaN where the rows know none; empty where the log has no margins.</summary>
    public ReadOnlySpan<double> Margin => _margin;

    /// <summary>Days from the cutoff to the first purchase of the horizon; NaN where there is none.</summary>
    public ReadOnlySpan<double> DaysToNextPurchase => _nextPurchase;

    /// <summary>Outcomes that something else computed, such as a database: the aggregates of the horizon as a past of its own.</summary>
    /// <param name="population">Whose outcomes; its window's horizon is what <paramref name="horizon"/> looked at.</param>
    /// <param name="horizon">Aggregates of everyone who bought or gave something back in the horizon.</param>
    public static OutcomeTable Of(CustomerAggregates population, CustomerAggregates horizon)
    {
        ReadOnlySpan<double> margins = horizon.Margin;
        OutcomeTable outcomes = new(population.Window, population.Count, !margins.IsEmpty);
        Dictionary<string, int> rows = Enumerable.Range(0, horizon.Count).ToDictionary(horizon.CustomerId, row => row, StringComparer.Ordinal);
        for (int i = 0; i < population.Count; i++)
        {
            bool seen = rows.TryGetValue(population.CustomerId(i), out int row), bought = seen && horizon.X[row] >= 0;
            outcomes._churned[i] = !bought;
            outcomes._purchases[i] = bought ? horizon.X[row] + 1 : 0;
            outcomes._spend[i] = seen ? horizon.TotalSpend[row] : 0;
            outcomes._nextPurchase[i] = bought ? horizon.FirstPurchaseDay(row).DayNumber - population.Window.Cutoff.DayNumber : double.NaN;
            if (!margins.IsEmpty)
                outcomes._margin[i] = seen ? margins[row] : 0;
        }
        return outcomes;
    }

    /// <summary>Outcomes of a population of aggregates under the same returns policy; only returns and purchases of the horizon are set against each other.</summary>
    /// <param name="log">The log from which the aggregates were computed.</param>
    /// <param name="aggregates">The population, its window and its returns policy.</param>
    /// <param name="observedThrough">Last day on which a purchase would have been seen; the log's last day where null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="BadDataException">The log ends before the horizon does.</exception>
    public static OutcomeTable Compute(TransactionLog log, CustomerAggregates aggregates, DateOnly? observedThrough = null, CancellationToken cancellation = default) =>
        Compute(log, aggregates.Window, aggregates.Population, aggregates.Returns, observedThrough, cancellation);

    /// <summary>Outcomes of chosen customers; only returns and purchases of the horizon are set against each other.</summary>
    /// <param name="log">The log.</param>
    /// <param name="window">The horizon.</param>
    /// <param name="population">Indexes of customers in the log.</param>
    /// <param name="returns">What negative amounts do.</param>
    /// <param name="observedThrough">Last day on which a purchase would have been seen; the log's last day where null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="BadDataException">The log ends before the horizon does.</exception>
    public static OutcomeTable Compute(TransactionLog log, ObservationWindow window, ReadOnlySpan<int> population, ReturnsPolicy returns, DateOnly? observedThrough = null, CancellationToken cancellation = default)
    {
        DateOnly known = observedThrough ?? log.LastDay;
        if (known < window.LastDay)
            throw TooShort(window, known);

        int from = window.Cutoff.DayNumber - log.FirstDay.DayNumber, to = from + window.Horizon.Days;
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        ReadOnlySpan<float> margins = log.Margins;
        OutcomeTable outcomes = new(window, population.Length, !margins.IsEmpty);
        DayLedger ledger = new();
        for (int i = 0; i < population.Length; i++)
        {
            if (i % 8192 == 0)
                cancellation.ThrowIfCancellationRequested();
            (int start, int end) = DayRange.Within(log.Days, offsets[population[i]], offsets[population[i] + 1], from, to);
            ledger.Fill(log, start, end, returns);
            double spend = 0, gross = 0;
            for (int d = 0; d < ledger.Count; d++)
            {
                spend += ledger.Spend[d];
                gross += ledger.Gross[d];
            }
            outcomes._purchases[i] = ledger.PurchaseDays;
            outcomes._spend[i] = DayLedger.WithoutResidue(spend, gross);
            outcomes._churned[i] = ledger.PurchaseDays == 0;
            outcomes._nextPurchase[i] = ledger.FirstPurchase < 0 ? double.NaN : ledger.Day[ledger.FirstPurchase] - from;
            if (!margins.IsEmpty)
                outcomes._margin[i] = MarginOf(log, ledger, returns);
        }
        return outcomes;
    }

    /// <summary>Says that the transactions end before the horizon does.</summary>
    public static BadDataException TooShort(ObservationWindow window, DateOnly known) =>
        new($"horizon of {window.Horizon} from cutoff {window.Cutoff:yyyy-MM-dd}: found transactions through {known:yyyy-MM-dd}, expected them through {window.LastDay:yyyy-MM-dd}; "
            + $"choose a cutoff on or before {known.AddDays(1 - window.Horizon.Days):yyyy-MM-dd}, a shorter horizon, or add the later transactions.");

    private static double MarginOf(TransactionLog log, DayLedger ledger, ReturnsPolicy returns)
    {
        if (ledger.Count == 0)
            return 0;
        foreach (float margin in log.Margins[ledger.RowStart[0]..ledger.RowStart[ledger.Count]])
            if (!float.IsNaN(margin))
                return MarginSum.Of(log, ledger, 0, ledger.Count, returns);
        return double.NaN;
    }
}
