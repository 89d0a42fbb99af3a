using CustomerValue.Data.Attributes;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Versions;

/// <summary>When customers buy again by their own rhythm, corrected by what the model got wrong on past days.</summary>
/// <remarks>
/// The model's probability u = P(bought by the day of the next purchase) would be uniform if it were right. Its distribution on past days, by Kaplan and Meier (1958) as many had not bought when
/// the look ended, says which stated probability comes true as often as one that is wanted: Kuleshov, Fenner and Ermon (2018), calibrated regression. The past days are one horizon before the
/// day, for the level of late, and 52 weeks before it, for the season; without a year of history nothing is corrected, since the level alone would point the wrong way where seasons turn.
/// </remarks>
public sealed class PurchaseRhythm
{
    private const int SeasonDays = 364, LeastPastDays = 180, LeastPurchases = 100;
    private readonly ScoringModel _model;
    private readonly (double Stated, double Observed)[] _curve;

    private PurchaseRhythm(ScoringModel model, (double, double)[] curve) => (_model, _curve) = (model, curve);

    /// <summary>Whether past days correct the model.</summary>
    public bool IsCalibrated => _curve.Length > 0;

    /// <summary>The model's own rhythm.</summary>
    public static PurchaseRhythm Uncorrected(ScoringModel model) => new(model, []);

    /// <summary>Learns the correction from days before <paramref name="asOf"/>; nothing on or after it is looked at.</summary>
    /// <param name="model">The version.</param>
    /// <param name="log">Raw histories.</param>
    /// <param name="attributes">Customer attributes, or null.</param>
    /// <param name="asOf">First day of the future.</param>
    /// <param name="threads">Threads to use, at least 1; results do not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static PurchaseRhythm Learn(ScoringModel model, TransactionLog log, CustomerAttributes? attributes, DateOnly asOf, int threads, CancellationToken cancellation)
    {
        DateOnly season = asOf.AddDays(-SeasonDays);
        if (season.AddDays(-LeastPastDays) < log.FirstDay || model.Horizon.Days > SeasonDays || asOf > log.LastDay.AddDays(1))
            return Uncorrected(model);
        List<(double Stated, bool Bought)> seen = [];
        foreach (DateOnly day in (DateOnly[])[asOf.AddDays(-model.Horizon.Days), season])
        {
            Snapshot past = model.Snapshot(log, attributes, day, withOutcomes: true, threads, cancellation);
            for (int i = 0; i < past.Count; i++)
            {
                double days = past.Outcomes!.DaysToNextPurchase[i];
                // Bought on day d is bought by its end, d + 1 days from the last day that is known.
                seen.Add((model.ProbabilityOfPurchase(past, i, double.IsNaN(days) ? model.Horizon.Days : days + 1), !double.IsNaN(days)));
            }
        }
        return seen.Count(one => one.Bought) < LeastPurchases ? Uncorrected(model) : new PurchaseRhythm(model, Observed(seen));
    }

    /// <summary>Days from the day of the snapshot within which the next purchase comes with a probability.</summary>
    /// <param name="snapshot">Customers as of the day.</param>
    /// <param name="probability">The probability, above 0 and below 1; a half for the median.</param>
    /// <returns>By customer; positive infinity where none is expected so surely.</returns>
    public double[] Days(Snapshot snapshot, double probability)
    {
        double[] days = new double[snapshot.Count];
        double stated = Stated(probability);
        for (int i = 0; i < days.Length; i++)
            days[i] = stated >= 1 ? double.PositiveInfinity : _model.DaysToNextPurchase(snapshot, i, stated);
        return days;
    }

    /// <summary>The model's probability that came true as often as <paramref name="probability"/>; 1 where none did within the horizon.</summary>
    public double Stated(double probability)
    {
        if (!IsCalibrated)
            return probability;
        foreach ((double stated, double observed) in _curve)
            if (observed >= probability)
                return Math.Clamp(stated, 1e-6, 1 - 1e-6);
        return 1;
    }

    private static (double, double)[] Observed(List<(double Stated, bool Bought)> seen)
    {
        seen.Sort((a, b) => a.Stated != b.Stated ? a.Stated.CompareTo(b.Stated) : b.Bought.CompareTo(a.Bought));
        List<(double, double)> curve = [];
        double left = 1;
        for (int i = 0; i < seen.Count; i++)
            if (seen[i].Bought)
            {
                left *= 1 - 1.0 / (seen.Count - i);
                curve.Add((seen[i].Stated, 1 - left));
            }
        return [.. curve];
    }
}
