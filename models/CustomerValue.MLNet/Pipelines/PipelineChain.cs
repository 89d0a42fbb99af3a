using System.Globalization;
using CustomerValue.MLNet.Serving;
using CustomerValue.MLNet.Views;
using CustomerValue.Models.Forecasting;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace CustomerValue.MLNet.Pipelines;

/// <summary>Three pipelines as one chain of ML.NET transformers, from features to <see cref="PipelinePrediction"/>, in parts that every ML.NET program has.</summary>
/// <remarks>A column of features that a pipeline changes in place is set aside before it and put back after it, so that each sees what it was fitted on.</remarks>
internal static class PipelineChain
{
    private const string Aside = "Given.";

    public static TransformerChain<ITransformer> Of(MLContext context, IReadOnlyList<FittedPipeline> pipelines, FeatureColumns features)
    {
        Links steps = new(new SchemaOnly(features.ToSchema()));
        string[] given = [.. steps.Schema.Select(column => column.Name)];
        foreach (FittedPipeline pipeline in pipelines)
        {
            DataViewSchema after = pipeline.Transformer.GetOutputSchema(steps.Schema);
            string[] changed = [.. given.Where(name => after[name].Index != steps.Schema[name].Index)];
            foreach (string name in changed)
                steps.Add(context.Transforms.CopyColumns(Aside + name, name));
            steps.Add(pipeline.Transformer);
            steps.Add(Answer(context, pipeline));
            foreach (string name in changed)
                steps.Add(context.Transforms.CopyColumns(name, Aside + name));
        }
        return steps.Chain();
    }

    /// <summary>The column of <see cref="PipelinePrediction"/> that answers a target.</summary>
    public static string AnswerOf(Target target) => target switch
    {
        Target.Churn => nameof(PipelinePrediction.ChurnProbability),
        Target.Purchases => nameof(PipelinePrediction.ExpectedPurchases),
        _ => nameof(PipelinePrediction.ExpectedSpend),
    };

    private static ExpressionEstimator Answer(MLContext context, FittedPipeline pipeline)
    {
        string scale = Text(pipeline.Calibration.Scale), shift = Text(pipeline.Calibration.Shift);
        return context.Transforms.Expression(AnswerOf(pipeline.Target), pipeline.Target == Target.Churn
            ? $"score : 1f / (1f + exp(-({scale} * score + {shift})))"
            : $"score : max(0f, {scale} * score)", FittedPipeline.Score);
    }

    private static string Text(double value) => $"({((float)value).ToString("G9", CultureInfo.InvariantCulture)}f)";
}
