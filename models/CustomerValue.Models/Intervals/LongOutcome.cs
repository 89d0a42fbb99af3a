using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Intervals;

/// <summary>An early origin and what was expected of the whole time since, at the level at which the base came out: the spread around it is each customer's own.</summary>
/// <param name="Snapshot">The snapshot, with outcomes until the cutoff.</param>
/// <param name="NoPurchase">Probability of no purchase in that time.</param>
/// <param name="Expected">Expected spend in that time.</param>
internal sealed record LongOutcome(Snapshot Snapshot, double[] NoPurchase, double[] Expected)
{
    /// <summary>Fits the model of the long run to what was known at the origin, on the season's clock.</summary>
    public static LongOutcome Of(Snapshot snapshot, IPriorModel prior, LongRun longRun, int days, int threads, CancellationToken cancellation)
    {
        (double[] purchases, double[] none) = LongRun.FitAndExpect(longRun.Model, longRun.Season, snapshot, days, threads, cancellation);
        double actual = 0, total = 0;
        for (int i = 0; i < purchases.Length; i++)
        {
            purchases[i] *= prior.ExpectedSpend(snapshot.Aggregates.X[i], snapshot.Aggregates.TotalSpend[i]);
            total += purchases[i];
            actual += Math.Max(snapshot.Outcomes!.Spend[i], 0);
        }
        if (actual > 0 && total > 0)
            for (int i = 0; i < purchases.Length; i++)
                purchases[i] *= actual / total;
        return new LongOutcome(snapshot, none, purchases);
    }
}
