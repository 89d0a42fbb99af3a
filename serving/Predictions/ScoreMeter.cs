using System.Diagnostics.Metrics;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Telemetry;

namespace CustomerValue.Serving.Predictions;

/// <summary>What was said of customers, as counts: how many, and how their scores are spread. Nothing of any one of them is kept.</summary>
internal sealed class ScoreMeter
{
    /// <summary>Features are looked at in one call of so many; a prime, which keeps no step with callers who alternate.</summary>
    private const int CallsPerLook = 17;

    private readonly Counter<long> _customers;
    private readonly Histogram<double> _churn, _purchases;
    private uint _calls;

    public ScoreMeter(ServiceMeter meter)
    {
        _customers = meter.Meter.CreateCounter<long>("customer_value.customers.scored", "{customer}", "Customers that calls were answered for, by version and by whether they ever bought.");
        _churn = meter.Meter.CreateHistogram("customer_value.churn.probability", "1", "Churn probabilities that were answered.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [.05, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95] });
        _purchases = meter.Meter.CreateHistogram("customer_value.expected.purchases", "{purchase}", "Expected purchase days within the horizon that were answered.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [.05, .1, .2, .5, 1, 2, 3, 5, 10, 20] });
    }

    /// <summary>Counts customers who bought.</summary>
    /// <param name="served">The version that answered.</param>
    /// <param name="snapshot">The customers with their features.</param>
    /// <param name="scored">What was said of them.</param>
    public void Count(ServedModel served, Snapshot snapshot, ScoredCustomers scored)
    {
        KeyValuePair<string, object?> version = Version(served);
        _customers.Add(scored.Count, version, new("newcomer", false));
        foreach (double churn in scored.ChurnProbability)
            _churn.Record(churn, version);
        foreach (double purchases in scored.ExpectedPurchases)
            _purchases.Record(purchases, version);
        if (served.Drift is not { } drift)
            return;
        drift.AddScores(scored.AsOf, scored.ChurnProbability, scored.ExpectedPurchases, scored.ExpectedSpend);
        if (Interlocked.Increment(ref _calls) % CallsPerLook == 1)
            drift.AddFeatures(snapshot.Features);
    }

    /// <summary>Counts a customer who never bought; training had none of them to compare with.</summary>
    public void CountNewcomer(ServedModel served, CustomerPrediction prediction)
    {
        KeyValuePair<string, object?> version = Version(served);
        _customers.Add(1, version, new("newcomer", true));
        _churn.Record(prediction.ChurnProbability, version);
        _purchases.Record(prediction.ExpectedPurchases, version);
    }

    private static KeyValuePair<string, object?> Version(ServedModel served) => new(ServiceMeter.VersionLabel, served.Model.Version);
}
