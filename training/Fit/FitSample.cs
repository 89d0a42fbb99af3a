using System.Globalization;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using Severity = CustomerValue.Data.Diagnostics.Severity;

namespace CustomerValue.Training.Fit;

/// <summary>The customers that a buy-till-you-die model is fitted on: everyone with a purchase before the cutoff.</summary>
internal sealed class FitSample
{
    // The catalogue's windows want a horizon; none of the columns read here depends on it.
    private static readonly Horizon s_any = new(90);

    private FitSample(TransactionLog log, CustomerAggregates aggregates, TimeUnit unit, List<Finding> findings)
    {
        (Log, Aggregates, Unit) = (log, aggregates, unit);
        double[] tx = new double[Count], age = new double[Count], logIntervals = new double[Count];
        List<int> days = [];
        for (int row = 0; row < Count; row++)
        {
            tx[row] = aggregates.Tx[row] / unit.Days;
            age[row] = aggregates.T[row] / unit.Days;
            PurchaseDays(row, log.LastDay.AddDays(1) < Cutoff ? log.LastDay.AddDays(1) : Cutoff, days);
            for (int i = 1; i < days.Count; i++)
                logIntervals[row] += Math.Log((days[i] - days[i - 1]) / unit.Days);
        }
        Histories = PurchaseHistories.From(aggregates.X, tx, age, default, logIntervals);
        Findings = [.. findings, .. aggregates.Findings];
    }

    public TransactionLog Log { get; }

    public CustomerAggregates Aggregates { get; }

    public TimeUnit Unit { get; }

    /// <summary>Repeat purchase days, recency and age in <see cref="Unit"/>, with the spacing that the regularity models want.</summary>
    public PurchaseHistories Histories { get; }

    /// <summary>Doubts about the cutoff and the returns.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    public int Count => Aggregates.Count;

    public DateOnly Cutoff => Aggregates.Window.Cutoff;

    /// <summary>The customers as of a cutoff.</summary>
    /// <param name="data">What was read.</param>
    /// <param name="cutoff">First day that is not looked at; null for the day after the last.</param>
    /// <param name="unit">Unit of time.</param>
    /// <param name="reading">Returns policy and threads.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="UsageException">Nothing lies before the cutoff.</exception>
    /// <exception cref="BadDataException">Nobody bought before it.</exception>
    public static FitSample Of(LoadedData data, DateOnly? cutoff, TimeUnit unit, ReaderOptions reading, CancellationToken cancellation)
    {
        TransactionLog log = data.Log;
        DateOnly first = log.FirstDay, last = log.LastDay, end = cutoff ?? last.AddDays(1);
        if (end <= first)
            throw new UsageException($"--cutoff {Text(end)}: the data begin on {Text(first)}, so nothing lies before it. Choose a cutoff from {Text(first.AddDays(1))} to {Text(last.AddDays(1))}.");
        List<Finding> findings = [];
        if (end > last.AddDays(1))
            findings.Add(new Finding("cutoff-after-data", Severity.Warning, $"The data end on {Text(last)}, before the cutoff {Text(end)}: the days between count as observed without a purchase.",
                $"Nothing, if nobody bought on them; otherwise choose --cutoff {Text(last.AddDays(1))}."));
        CustomerAggregates aggregates = Aggregator.Compute(log, new ObservationWindow(end, s_any, first), AggregateCatalogue.Standard(log, s_any, end),
            new AggregatorOptions { Returns = reading.Returns, Threads = reading.Threads }, cancellation);
        return aggregates.Count > 0
            ? new FitSample(log, aggregates, unit, findings)
            : throw new BadDataException($"Found no customer with a purchase before {Text(end)}, expected at least one. Choose a later --cutoff or look at the amounts: negative ones are returns.");
    }

    /// <summary>The customer's purchase days before a day, as days since the log's first, rising.</summary>
    public void PurchaseDays(int row, DateOnly before, List<int> days) => Data.Transactions.PurchaseDays.Read(Log, Aggregates.Population[row], before, days);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
