using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Snapshots;

/// <summary>Features of every customer of the population at one cutoff with, for training, what happened after it.</summary>
public sealed class Snapshot
{
    private readonly Lazy<PurchaseHistories> _histories, _spaced;

    /// <summary>A snapshot; features and outcomes are in the row order of the aggregates.</summary>
    /// <param name="aggregates">Per-customer aggregates of the past.</param>
    /// <param name="features">Per-customer features.</param>
    /// <param name="outcomes">What happened within the horizon, or null.</param>
    /// <param name="log">What the aggregates were computed from, or null.</param>
    public Snapshot(CustomerAggregates aggregates, FeatureTable features, OutcomeTable? outcomes, TransactionLog? log = null)
    {
        Aggregates = aggregates;
        Features = features;
        Outcomes = outcomes;
        _histories = new(() => InWeeks(aggregates));
        _spaced = log is null ? _histories : new(() => InWeeks(aggregates, LogGaps(log, aggregates)));
    }

    /// <summary>The past that was looked at and the future that is predicted.</summary>
    public ObservationWindow Window => Aggregates.Window;

    /// <summary>Number of customers.</summary>
    public int Count => Aggregates.Count;

    /// <summary>Per-customer aggregates of the past.</summary>
    public CustomerAggregates Aggregates { get; }

    /// <summary>Per-customer features, derived from the aggregates alone.</summary>
    public FeatureTable Features { get; }

    /// <summary>What happened within the horizon; null where it is not known.</summary>
    public OutcomeTable? Outcomes { get; }

    /// <summary>Repeat purchases, recency and age in weeks (days / 7): the unit the probabilistic models are fitted in.</summary>
    public PurchaseHistories Histories => _histories.Value;

    /// <summary>The same with how evenly purchases came, where the log they came from is at hand: only fits of models that know regularity look at it.</summary>
    internal PurchaseHistories SpacedHistories => _spaced.Value;

    /// <summary>Some neighbouring rows, without what happened to them.</summary>
    public Snapshot Rows(int from, int count) => new(Aggregates.Rows(from, count), Features.Rows(from, count), null);

    private static PurchaseHistories InWeeks(CustomerAggregates aggregates, double[]? logGaps = null)
    {
        double[] tx = new double[aggregates.Count], age = new double[aggregates.Count];
        for (int i = 0; i < tx.Length; i++)
        {
            tx[i] = aggregates.Tx[i] / DaysIn.Week;
            age[i] = aggregates.T[i] / DaysIn.Week;
        }
        return PurchaseHistories.From(aggregates.X, tx, age, default, logGaps);
    }

    /// <summary>Sum of the logarithms of the weeks between purchase days, a figure a customer.</summary>
    private static double[] LogGaps(TransactionLog log, CustomerAggregates aggregates)
    {
        double[] sums = new double[aggregates.Count];
        List<int> days = [];
        for (int i = 0; i < sums.Length; i++)
        {
            PurchaseDays.Read(log, aggregates.Population[i], aggregates.Window.Cutoff, days);
            for (int day = 1; day < days.Count; day++)
                sums[i] += Math.Log((days[day] - days[day - 1]) / (double)DaysIn.Week);
        }
        return sums;
    }
}
