using CustomerValue.Models.Forecasting;

namespace CustomerValue.MLNet.Training;

/// <summary>Names of columns that FastTree learns from and answers in.</summary>
internal static class FastTreeLabels
{
    public const string Churned = "Churned";
    public const string Purchases = "Purchases";
    public const string Spend = "Spend";

    /// <summary>The column of <see cref="MLNet.Serving.FastTreePrediction"/> that answers a target.</summary>
    public static string AnswerOf(Target target) => target switch
    {
        Target.Churn => nameof(MLNet.Serving.FastTreePrediction.ChurnProbability),
        Target.Purchases => nameof(MLNet.Serving.FastTreePrediction.ExpectedPurchases),
        _ => nameof(MLNet.Serving.FastTreePrediction.ExpectedSpend),
    };
}
