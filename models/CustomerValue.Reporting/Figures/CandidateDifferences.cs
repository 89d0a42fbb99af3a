using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Reporting.Figures;

/// <summary>Mean loss of a candidate minus that of another on the same customers, with 95 % intervals; negative favours the candidate.</summary>
/// <param name="Purchases">Absolute error of purchases.</param>
/// <param name="Spend">Absolute error of spend.</param>
/// <param name="Churn">Log loss of churn.</param>
public sealed record LossDifferences(Interval Purchases, Interval Spend, Interval Churn);

/// <summary>One candidate beside the best naive rule of each target and beside the champion.</summary>
/// <param name="Name">The candidate.</param>
/// <param name="ToBestRule">Against the naive rule of least loss, chosen for each target.</param>
/// <param name="ToChampion">Against the champion.</param>
public sealed record CandidateDifferences(string Name, LossDifferences? ToBestRule, LossDifferences? ToChampion);

/// <summary>Losses of one forecast by customer.</summary>
internal sealed record CustomerLosses(double[] Purchases, double[] Spend, double[] Churn)
{
    private const double Least = 1e-15;

    /// <summary>The losses whose means the candidates' table shows.</summary>
    public static CustomerLosses Of(Holdout holdout, Forecast forecast)
    {
        double[] churn = new double[forecast.Count];
        for (int i = 0; i < churn.Length; i++)
        {
            double p = Math.Clamp(forecast.ChurnProbability[i], Least, 1 - Least);
            churn[i] = -Math.Log(holdout.Churned[i] ? p : 1 - p);
        }
        return new CustomerLosses(Absolute(forecast.ExpectedPurchases, holdout.Purchases), Absolute(forecast.ExpectedSpend, holdout.Spend), churn);
    }

    public LossDifferences Minus(CustomerLosses other, int seed) => new(
        PairedBootstrap.Difference(Purchases, other.Purchases, seed),
        PairedBootstrap.Difference(Spend, other.Spend, seed),
        PairedBootstrap.Difference(Churn, other.Churn, seed));

    /// <summary>For each target the losses of the rule that loses least.</summary>
    public static CustomerLosses Best(IReadOnlyList<CustomerLosses> rules) => new(
        rules.MinBy(rule => Ranking.Mean(rule.Purchases))!.Purchases,
        rules.MinBy(rule => Ranking.Mean(rule.Spend))!.Spend,
        rules.MinBy(rule => Ranking.Mean(rule.Churn))!.Churn);

    private static double[] Absolute(double[] predicted, ReadOnlySpan<double> actual)
    {
        double[] losses = new double[predicted.Length];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = Math.Abs(predicted[i] - actual[i]);
        return losses;
    }
}
