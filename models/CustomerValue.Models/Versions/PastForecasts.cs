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
/// Total spend of a large base is not uncertain for the chance of each customer, which averages out, but for what all of them share: level, season, events. So its interval comes from how far totals lay off
/// before: expected times exp(+-t s), s the root mean square of the logarithmic errors of n past horizons, t the 90 % quantile of Student's distribution with n degrees of freedom.
/// Days that the version has learnt from count too, there being few others; they flatter it a little.
/// </remarks>
public sealed record PastForecasts
{
    /// <summary>Horizons looked back, each beginning where the next ends.</summary>
    public const int MostHorizons = 4;

    /// <summary>Customers asked about: the errors of totals over more are the same.</summary>
    private const int MostCustomers = 8_000;

    /// <summary>Errors below which there is no interval.</summary>
    private const int LeastErrors = 2;

    /// <summary>Past horizons, the latest first; sums over a sample where there are many customers.</summary>
    public required IReadOnlyList<PastForecast> Horizons { get; init; }

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
        PastForecast[] horizons = [.. days.Select(Look).OfType<PastForecast>()];
        return new PastForecasts
        {
            Horizons = horizons,
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
            if (day == days[0] && ModelPerformance.Of(DriftSample.Of(then, forecast)) is { Actual: { } actual } said)
                churn = new PastChurn(day, actual.Auc, said.PredictedChurn, actual.Churn.Estimate);
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

    /// <summary>Where a total lies 8 times of 10, given how far past ones lay off; null where too few are known.</summary>
    /// <param name="expected">The expected total; money.</param>
    public (double P10, double P90)? Around(double expected)
    {
        double[] errors = [.. Horizons.Select(past => past.Error).Where(double.IsFinite)];
        if (errors.Length < LeastErrors || expected <= 0)
            return null;
        double reach = Math.Exp(StudentT90(errors.Length) * Math.Sqrt(errors.Average(error => error * error)));
        return (expected / reach, expected * reach);
    }

    private static double Sum(OutcomeTable outcomes) => outcomes.Spend.ToArray().Sum();

    /// <summary>The 90 % quantile of Student's distribution, by the expansion in the degrees of freedom (Abramowitz and Stegun 26.7.5).</summary>
    private static double StudentT90(int freedom)
    {
        const double Z = 1.2815515655446004;
        double z3 = Z * Z * Z, z5 = z3 * Z * Z, z7 = z5 * Z * Z;
        return Z + ((z3 + Z) / (4.0 * freedom)) + (((5 * z5) + (16 * z3) + (3 * Z)) / (96.0 * freedom * freedom)) + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * Z)) / (384.0 * freedom * freedom * freedom));
    }
}
