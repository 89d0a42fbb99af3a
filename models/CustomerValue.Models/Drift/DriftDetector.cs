using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;

namespace CustomerValue.Models.Drift;

/// <summary>Compares customers of today with those a model was trained on.</summary>
public static class DriftDetector
{
    private const double LongestUsualReach = 2;

    /// <summary>The comparison.</summary>
    /// <param name="modelVersion">The version that the baseline belongs to.</param>
    /// <param name="baseline">What things were like.</param>
    /// <param name="now">What they are like, with outcomes where they are in.</param>
    /// <param name="options">What counts as drift.</param>
    /// <exception cref="BadDataException">There are no customers, or the features are not those of the baseline.</exception>
    public static DriftReport Compare(string modelVersion, DriftBaseline baseline, DriftSample now, DriftOptions options)
    {
        FeatureSchema schema = now.Features.Schema;
        if (now.Count == 0)
            throw new BadDataException($"Found no customer with a purchase before {now.Window.Cutoff:yyyy-MM-dd}, expected some to compare. Choose a later day or give more data.");
        if (!baseline.Features.Select(feature => feature.Name).SequenceEqual(schema.Features.Select(feature => feature.Name)))
            throw new BadDataException($"Found {schema.Count} features that are not the {baseline.Features.Count} of version {modelVersion}, expected the same. Make the features by the version's own recipe.");

        double tail = Tail(baseline, options), reach = Reach(baseline, now.Window.Cutoff);
        int days = now.Window.Cutoff.DayNumber - baseline.Cutoff.DayNumber;
        DistributionDrift[] features = [.. baseline.Features
            .Select((feature, i) => Compare(feature, DriftBaseline.Values(now.Features, i), options.Threshold, tail, reach, days))
            .OrderByDescending(feature => feature.Movement == Movement.Watched ? feature.Stability / feature.Limit : -1)
            .ThenByDescending(feature => feature.Stability)];
        DistributionDrift[] scores = [.. baseline.Scores.Select(score =>
            Compare(score, DriftBaseline.ScoresOf(now.Forecast, score.Name), options.Threshold, tail, reach, days))];
        ModelPerformance performance = ModelPerformance.Of(now);
        IReadOnlyList<PerformanceCheck> checks = PerformanceChecks.Of(baseline, performance, now.Count, options);
        bool drifted = features.Any(feature => feature.Over) || scores.Any(score => score.Over) || checks.Any(check => check.Over);
        DriftReport report = new()
        {
            ModelVersion = modelVersion,
            Cutoff = baseline.Cutoff,
            AsOf = now.Window.Cutoff,
            HorizonDays = baseline.HorizonDays,
            BaselineCustomers = baseline.Customers,
            Customers = now.Count,
            Drifted = drifted,
            Threshold = options.Threshold,
            Features = features,
            Scores = scores,
            Checks = checks,
            Before = baseline.Performance,
            Now = performance,
            Findings = [],
        };
        return report with { Findings = DriftFindings.Of(report) };
    }

    /// <summary>
    /// How much of the usual movement to allow for: the index of a steady movement grows with the square of the time, up to twice the days it was learnt over.
    /// </summary>
    internal static double Reach(DriftBaseline baseline, DateOnly asOf)
    {
        if (baseline.UsualDays == 0)
            return 0;
        double times = Math.Clamp(Math.Abs(asOf.DayNumber - baseline.Cutoff.DayNumber) / (double)baseline.UsualDays, 1, LongestUsualReach);
        return times * times;
    }

    /// <summary>Probability that chance alone takes one watched distribution over its limit.</summary>
    internal static double Tail(DriftBaseline baseline, DriftOptions options) =>
        options.FalseAlarm / (baseline.Features.Count(feature => feature.Movement == Movement.Watched) + baseline.Scores.Count);

    /// <summary>Stability index above which a movement counts as drift: beyond threshold, chance and what was usual, and beyond how far the version itself moves a score with the season.</summary>
    internal static double Limit(Distribution before, int[] then, int[] now, double threshold, double tail, double reach, int days) =>
        Math.Max(threshold, Math.Max(Stability.ChanceLimit(then, now, tail), reach * before.Usual)) + before.SeasonAt(days);

    private static DistributionDrift Compare(Distribution before, double[] values, double threshold, double tail, double reach, int days)
    {
        int[] then = [.. before.Counts], now = before.Count(values);
        double index = Stability.Index(then, now);
        double limit = Limit(before, then, now, threshold, tail, reach, days);
        double thenTotal = then.Sum(), nowTotal = now.Sum();
        return new DistributionDrift
        {
            Name = before.Name,
            Meaning = before.Meaning,
            Movement = before.Movement,
            Stability = index,
            Limit = limit,
            JensenShannon = Stability.JensenShannon(then, now),
            Over = before.Movement == Movement.Watched && index > limit,
            Bins = [.. then.Select((count, bin) => new BinShare(before.Label(bin), count / thenTotal, now[bin] / nowTotal))],
        };
    }
}
