using System.ComponentModel.DataAnnotations;

namespace CustomerValue.Models.Drift;

/// <summary>What counts as drift.</summary>
public sealed record DriftOptions
{
    /// <summary>Stability index below which a movement is of no practical weight. Default 0.1; allowed 0.01 to 10.</summary>
    [Range(0.01, 10)] public double Threshold { get; init; } = 0.1;

    /// <summary>Probability that chance alone takes any of the distributions over its limit. Default 0.001; allowed 1e-9 to 0.1.</summary>
    [Range(1e-9, 0.1)] public double FalseAlarm { get; init; } = 0.001;

    /// <summary>Fall of the area under the ROC curve that is of no practical weight. Default 0.03; allowed 0 to 0.5.</summary>
    [Range(0, 0.5)] public double RankingFall { get; init; } = 0.03;

    /// <summary>Gap between predicted and actual share of churn that is of no practical weight. Default 0.03; allowed 0 to 1.</summary>
    [Range(0, 1)] public double ChurnGap { get; init; } = 0.03;

    /// <summary>Relative gap between predicted and actual spend that is of no practical weight. Default 0.15; allowed 0 to 10.</summary>
    [Range(0, 10)] public double SpendGap { get; init; } = 0.15;
}
