namespace CustomerValue.Models.Forecasting;

/// <summary>What a model forecasts of each customer.</summary>
public enum Target
{
    /// <summary>Probability of no purchase within the horizon.</summary>
    Churn,

    /// <summary>Expected purchase days within the horizon.</summary>
    Purchases,

    /// <summary>Expected money within the horizon, net of returns.</summary>
    Spend,
}
