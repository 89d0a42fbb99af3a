using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>How far the whole base was above what the prior expected at one origin; all in log or log-odds, 0 is as expected.</summary>
/// <param name="Cutoff">The origin.</param>
/// <param name="Purchases">Log of actual over expected total purchases.</param>
/// <param name="Spend">Log of actual over expected total spend.</param>
/// <param name="Churn">Shift of every churn logit at which the mean probability is the share that stayed away.</param>
public sealed record Level(DateOnly Cutoff, double Purchases, double Spend, double Churn)
{
    private const double Bound = 3, Precision = 1e-10;
    private const int MostSteps = 60;

    /// <summary>No deviation.</summary>
    public static Level Zero(DateOnly cutoff) => new(cutoff, 0, 0, 0);

    /// <summary>Measures a snapshot with outcomes against its prior.</summary>
    internal static Level Measure(Snapshot snapshot, PriorView prior)
    {
        ReadOnlySpan<double> purchases = snapshot.Outcomes!.Purchases, spend = snapshot.Outcomes.Spend;
        double actualPurchases = 0, actualSpend = 0, expectedPurchases = 0, expectedSpend = 0, stayedAway = 0;
        for (int i = 0; i < prior.Count; i++)
        {
            actualPurchases += purchases[i];
            actualSpend += Math.Max(spend[i], 0);
            expectedPurchases += prior.Purchases[i];
            expectedSpend += prior.Spend(i);
            stayedAway += purchases[i] == 0 ? 1 : 0;
        }
        return new Level(snapshot.Window.Cutoff, LogRatio(actualPurchases, expectedPurchases), LogRatio(actualSpend, expectedSpend), LogitShift(prior.ChurnLogits(), stayedAway));
    }

    /// <summary>A log level within what is believed of one.</summary>
    internal static double Bounded(double level) => Math.Clamp(level, -Bound, Bound);

    private static double LogRatio(double actual, double expected) => actual > 0 && expected > 0 ? Bounded(Math.Log(actual / expected)) : 0;

    /// <summary>The shift of every churn logit at which the probabilities add up to a target: Newton's steps within a shrinking bracket.</summary>
    internal static double LogitShift(double[] logits, double target)
    {
        double low = -Bound, high = Bound, shift = 0;
        for (int step = 0; step < MostSteps && high - low > Precision; step++)
        {
            double sum = 0, slope = 0;
            foreach (double logit in logits)
            {
                double p = Logit.Probability(logit + shift);
                sum += p;
                slope += p * (1 - p);
            }
            if (sum < target)
                low = shift;
            else
                high = shift;
            double next = slope > 0 ? shift + (target - sum) / slope : double.NaN;
            if (Math.Abs(next - shift) < Precision)
                return next;
            shift = next > low && next < high ? next : (low + high) / 2;
        }
        return shift;
    }
}
