namespace CustomerValue.Models.Forecasting;

/// <summary>Loss of each customer, by target: what candidates are chosen by. Each is least, on average, for the true expectation; absolute errors would favour forecasts that are too low.</summary>
internal static class Losses
{
    private const double Least = 1e-12;
    private const double LeastMean = 1e-6;

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

    /// <summary>Poisson deviance of purchases.</summary>
    public static double[] Purchases(Holdout holdout, Forecast forecast)
    {
        double[] losses = new double[forecast.Count];
        for (int i = 0; i < losses.Length; i++)
        {
            double y = holdout.Purchases[i], mean = Math.Max(forecast.ExpectedPurchases[i], LeastMean);
            losses[i] = 2 * ((y > 0 ? y * Math.Log(y / mean) : 0) - y + mean);
        }
        return losses;
    }

    /// <summary>Tweedie deviance of spend at variance power 1.5 (Jorgensen 1987): between counts and amounts, as sums of purchases are. No forecast counts as less than a millionth of the mean.</summary>
    public static double[] Spend(Holdout holdout, Forecast forecast)
    {
        double[] losses = new double[forecast.Count];
        double total = 0;
        foreach (double spend in holdout.Spend)
            total += Math.Max(spend, 0);
        double least = total > 0 ? LeastMean * total / losses.Length : LeastMean;
        for (int i = 0; i < losses.Length; i++)
        {
            double y = Math.Max(holdout.Spend[i], 0), root = Math.Sqrt(Math.Max(forecast.ExpectedSpend[i], least));
            losses[i] = 4 * (root + y / root - 2 * Math.Sqrt(y));
        }
        return losses;
    }
}
