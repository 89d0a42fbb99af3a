namespace CustomerValue.Models.Forecasting;

/// <summary>Carries a forecast over the horizon that was learnt to another one, as the prior's answers go from one to the other.</summary>
public static class OtherHorizon
{
    /// <summary>Purchases and spend go with the prior's, churn with the power that carries the prior's.</summary>
    /// <param name="forecast">Over the horizon that was learnt; changed in place.</param>
    /// <param name="learnt">The prior over that horizon.</param>
    /// <param name="wanted">The prior over the other.</param>
    public static void Carry(Forecast forecast, PriorView learnt, PriorView wanted)
    {
        for (int i = 0; i < forecast.Count; i++)
        {
            double ratio = learnt.Purchases[i] > 0 ? wanted.Purchases[i] / learnt.Purchases[i] : 1;
            forecast.ExpectedPurchases[i] *= ratio;
            forecast.ExpectedSpend[i] *= ratio;
            double power = learnt.NoPurchase[i] is > 0 and < 1 ? Math.Log(wanted.NoPurchase[i]) / Math.Log(learnt.NoPurchase[i]) : 1;
            forecast.ChurnProbability[i] = Math.Pow(forecast.ChurnProbability[i], power);
        }
    }
}
