namespace CustomerValue.MLNet.Serving;

/// <summary>What the zip of a pipeline answers, over the horizon it was trained for.</summary>
public sealed class PipelinePrediction
{
    /// <summary>Probability of no purchase.</summary>
    public float ChurnProbability { get; set; }

    /// <summary>Expected purchase days.</summary>
    public float ExpectedPurchases { get; set; }

    /// <summary>Expected money, net of returns.</summary>
    public float ExpectedSpend { get; set; }
}
