using CustomerValue.Models.Candidates;

namespace CustomerValue.Models.Racing;

/// <summary>Loss of each customer, by target: what candidates are chosen by.</summary>
internal static class Losses
{
    private const double Least = 1e-12;

    /// <summary>Negative log likelihood of having stayed away or not.</summary>
    public static double[] Churn(Holdout holdout, Forecast forecast)
    {
        double[] losses = new double[forecast.Count];
        for (int i = 0; i < losses.Length; i++)
        {
            double p = Math.Clamp(forecast.ChurnProbability[i], Least, 1 - Least);
            losses[i] = -Math.Log(holdout.Churned[i] ? p : 1 - p);
        }
        return losses;
    }

    /// <summary>Absolute error of purchases.</summary>
    public static double[] Purchases(Holdout holdout, Forecast forecast) => Absolute(forecast.ExpectedPurchases, holdout.Purchases);

    /// <summary>Absolute error of spend.</summary>
    public static double[] Spend(Holdout holdout, Forecast forecast) => Absolute(forecast.ExpectedSpend, holdout.Spend);

    private static double[] Absolute(double[] predicted, ReadOnlySpan<double> actual)
    {
        double[] losses = new double[predicted.Length];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = Math.Abs(predicted[i] - actual[i]);
        return losses;
    }
}
