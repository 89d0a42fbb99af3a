using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Versions;

/// <summary>One horizon that is over: what a version, asked on its first day, expects all customers known by then to spend, and what they spent.</summary>
/// <param name="Day">First day of the horizon.</param>
/// <param name="Expected">Expected spend; money.</param>
/// <param name="Came">Spend that came; money.</param>
public sealed record PastForecast(DateOnly Day, double Expected, double Came)
{
    /// <summary>How far the forecast lay off, as a logarithm: 0 where it was right; NaN where one of the two is not above 0.</summary>
    internal double Error => Expected > 0 && Came > 0 ? Math.Log(Came / Expected) : double.NaN;
}

/// <summary>How well a version told apart who stayed away in the last horizon.</summary>
/// <param name="Day">First day of the horizon.</param>
/// <param name="Auc">Area under the ROC curve; NaN where all stayed or all left.</param>
/// <param name="Said">Mean churn probability.</param>
/// <param name="StayedAway">Share that stayed away.</param>
public sealed record PastChurn(DateOnly Day, double Auc, double Said, double StayedAway);

/// <summary>Money that came in the days of a horizon, of all customers known by its first day.</summary>
/// <param name="Day">First day of the horizon.</param>
/// <param name="Came">Spend that came; money.</param>
public sealed record PastSpend(DateOnly Day, double Came);

/// <summary>What a version would have said of the whole base on earlier days beside what came, and how sure that makes its next total.</summary>
/// <remarks>
/// <para>A total lies off by chance of each customer, which averages out in a large base but for those who spend most, and by what all customers share: level, season, events. Chance is seen in how far
/// customers lay off one by one in the last horizon. Of what they share the version learnt at past origins how far it is usually off at its cutoff (v), as good as having seen it at three horizons; horizons that
/// were over since add their own errors e. Such errors grow like those of a walk, in square by as much again with every horizon after the cutoff: g = 1 + days after the cutoff / days of the horizon.</para>
/// <para>Expected times exp(+-t s), s squared = chance squared + g (3 v squared + the sum of e squared / g of their days) / (3 + n), t the 90 % quantile of Student's distribution with 3 + n degrees of freedom.</para>
/// <para>Days before the cutoff do not count: the version has learnt from them, and knows of them only the season of its cutoff.</para>
/// </remarks>
public sealed record PastForecasts
{
    /// <summary>Horizons looked back, each beginning where the next ends.</summary>
    public const int MostHorizons = 4;

    /// <summary>Customers asked about: the errors of totals over more are the same.</summary>
    private const int MostCustomers = 8_000;

    /// <summary>Past horizons since the version's cutoff, the latest first; sums over a sample where there are many customers.</summary>
    public required IReadOnlyList<PastForecast> Horizons { get; init; }

    /// <summary>How far the total of the next horizon may lie off; null where too little is known.</summary>
    public TotalDoubt? Doubt { get; init; }

    /// <summary>Churn in the latest of them; null where there is none.</summary>
    public required PastChurn? Churn { get; init; }

    /// <summary>The horizon that ends at the day; null where the history does not reach back so far.</summary>
    public required PastSpend? Last { get; init; }

    /// <summary>The same days a year before, likewise.</summary>
    public required PastSpend? YearBefore { get; init; }

    /// <summary>Looks back from a day.</summary>
    /// <param name="model">The version.</param>
    /// <param name="log">The transactions; nothing on or after the day is looked at.</param>
    /// <param name="attributes">Attributes of the customers.</param>
    /// <param name="asOf">First day of the forecast whose total is meant.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <param name="cancellation">Stops between two days.</param>
    public static PastForecasts Of(ScoringModel model, TransactionLog log, CustomerAttributes? attributes, DateOnly asOf, int threads, CancellationToken cancellation)
    {
        Horizon horizon = model.Horizon;
        DateOnly known = asOf <= log.LastDay ? asOf : log.LastDay.AddDays(1);
        TransactionLog some = log.Sample(Math.Min(1, (double)MostCustomers / Math.Max(1, log.CustomerCount)));
        // A model that sees less than a horizon of everyone's past is not the model that serves.
        DateOnly[] days = [.. Enumerable.Range(1, MostHorizons).Select(back => known.AddDays(-back * horizon.Days)).Where(day => day >= log.FirstDay.AddDays(horizon.Days))];
        PastChurn? churn = null;
        double chance = 0;
        PastForecast? latest = days.Length > 0 ? Look(days[0]) : null;
        bool Since(DateOnly day) => model.Level is not { } level || day >= level.Cutoff;
        PastForecast[] horizons = [.. new[] { latest }.Concat(days.Skip(1).Where(Since).Select(Look)).OfType<PastForecast>().Where(past => Since(past.Day))];
        return new PastForecasts
        {
            Horizons = horizons,
            Doubt = TotalDoubt.Of(model.Level, horizons, chance, asOf, horizon),
            Churn = churn,
            Last = Spent(known.AddDays(-horizon.Days)),
            YearBefore = Spent(asOf.AddDays(-DaysIn.Year)),
        };

        PastForecast? Look(DateOnly day)
        {
            Snapshot then = model.Snapshot(some, attributes, day, withOutcomes: true, threads, cancellation);
            if (then.Count == 0)
                return null;
            Forecast forecast = model.Predict(then);
            if (day == days[0])
            {
                chance = ChanceOf(forecast.ExpectedSpend, then.Outcomes!.Spend) * Math.Sqrt((double)some.CustomerCount / log.CustomerCount);
                if (ModelPerformance.Of(DriftSample.Of(then, forecast)) is { Actual: { } actual } said)
                    churn = new PastChurn(day, actual.Auc, said.PredictedChurn, actual.Churn.Estimate);
            }
            return new PastForecast(day, forecast.ExpectedSpend.Sum(), Sum(then.Outcomes!));
        }

        PastSpend? Spent(DateOnly day)
        {
            if (day <= log.FirstDay || day.AddDays(horizon.Days) > known)
                return null;
            CustomerAggregates then = Aggregator.Compute(log, new ObservationWindow(day, horizon), new AggregateCatalogue(horizon, AggregateCatalogue.Core), new AggregatorOptions { Returns = model.Returns, Threads = threads }, cancellation);
            return then.Count == 0 ? null : new PastSpend(day, Sum(OutcomeTable.Compute(log, then, cancellation: cancellation)));
        }
    }

    /// <summary>Where a total lies 8 times of 10; null where too little is known of how far such totals lie off.</summary>
    /// <param name="expected">The expected total; money.</param>
    public (double P10, double P90)? Around(double expected) => expected > 0 ? Doubt?.Around(expected) : null;

    /// <summary>What the squares of all customers' errors, independent of each other, make of the total's, as a share of it; 0 where nothing is expected.</summary>
    private static double ChanceOf(double[] expected, ReadOnlySpan<double> came)
    {
        double squares = 0, total = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            squares += (came[i] - expected[i]) * (came[i] - expected[i]);
            total += expected[i];
        }
        return total > 0 ? Math.Sqrt(squares) / total : 0;
    }

    private static double Sum(OutcomeTable outcomes) => outcomes.Spend.ToArray().Sum();
}
