using CustomerValue.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace CustomerValue.Serving.Tests;

/// <summary>What a data scientist writes: three pipelines of ML.NET, the same for a file of features and for the race.</summary>
internal static class OwnPipeline
{
    public static PipelineCandidate Candidate => PipelineCandidate.Of("own-pipeline", Churn, Purchases, Spend);

    public static IEstimator<ITransformer> Churn(MLContext ml) =>
        Inputs(ml).Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("outcome_churned", "Inputs"));

    public static IEstimator<ITransformer> Purchases(MLContext ml) =>
        Inputs(ml).Append(ml.Regression.Trainers.LbfgsPoissonRegression("outcome_purchases", "Inputs"));

    public static IEstimator<ITransformer> Spend(MLContext ml) =>
        Inputs(ml).Append(ml.Regression.Trainers.FastTreeTweedie("outcome_spend", "Inputs", numberOfTrees: 30));

    private static EstimatorChain<NormalizingTransformer> Inputs(MLContext ml) =>
        ml.Transforms.ReplaceMissingValues("Inputs", "Features").Append(ml.Transforms.NormalizeMeanVariance("Inputs"));
}
