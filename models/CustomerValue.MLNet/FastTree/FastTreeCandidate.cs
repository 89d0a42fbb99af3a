using CustomerValue.MLNet.Trees;
using CustomerValue.MLNet.Views;
using CustomerValue.Models.Forecasting;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace CustomerValue.MLNet.FastTree;

/// <summary><c>ml-net-fast-tree</c>: ML.NET's FastTree for churn (binary), purchases (Tweedie of index 1, which is Poisson) and spend (Tweedie), as three pipelines.</summary>
/// <remarks>
/// FastTree leaves out training rows with NaN and scores them as it happens. So each pipeline makes of a number two slots: its value, 0 where missing, and a flag that says
/// whether it was missing. That travels in the zip, so any ML.NET program treats missing values alike.
/// </remarks>
internal static class FastTreeCandidate
{
    /// <summary>Name of the candidate.</summary>
    public const string CandidateName = "ml-net-fast-tree";

    /// <summary>Power of the variance of spend; that of the house's own boosters.</summary>
    private const double SpendIndex = 1.7;

    /// <summary>A leaf without purchases would step to minus infinity; one tree moves a forecast by at most a factor of e.</summary>
    private const double MostStep = 1;

    /// <summary>FastTree's own bound.</summary>
    private const double MostChurnStep = 100;

    private const string Both = "Both";
    private static int s_threads;

    /// <param name="priors">Reads the prior of a saved model.</param>
    /// <param name="size">How much it learns.</param>
    /// <param name="fromPool">Whether saved models answer through ML.NET's prediction engines.</param>
    public static PipelineCandidate Of(IPriorTrainer priors, FastTreeSize size, bool fromPool = false) => PipelineCandidate.Of(CandidateName,
        (context, target, seed, threads) => Inputs(context).Append(Trainer(context, target, size, seed, Threads(threads))),
        new PipelineOptions { MostRows = size.Rows, Description = $"{size.Trees} trees a target" }, priors, fromPool);

    private static EstimatorChain<ColumnConcatenatingTransformer> Inputs(MLContext context) => context.Transforms.IndicateMissingValues(Forest.Missing, FeatureColumns.Vector)
        .Append(context.Transforms.Conversion.ConvertType(Forest.Missing, Forest.Missing, DataKind.Single))
        .Append(context.Transforms.ReplaceMissingValues(Forest.Filled, FeatureColumns.Vector))
        .Append(context.Transforms.Concatenate(Both, Forest.Filled, Forest.Missing));

    private static IEstimator<ITransformer> Trainer(MLContext context, Target target, FastTreeSize size, int seed, int threads) => target switch
    {
        Target.Churn => context.BinaryClassification.Trainers.FastTree(With(new FastTreeBinaryTrainer.Options(), size, seed, threads, MostChurnStep)),
        // Index 1 is the Poisson case.
        Target.Purchases => context.Regression.Trainers.FastTreeTweedie(With(new FastTreeTweedieTrainer.Options { Index = 1 }, size, seed, threads, MostStep)),
        _ => context.Regression.Trainers.FastTreeTweedie(With(new FastTreeTweedieTrainer.Options { Index = SpendIndex }, size, seed, threads, MostStep)),
    };

    private static TOptions With<TOptions>(TOptions options, FastTreeSize size, int seed, int threads, double mostOutput) where TOptions : BoostedTreeOptions
    {
        options.FeatureColumnName = Both;
        options.Seed = seed;
        options.FeatureSelectionSeed = seed;
        options.NumberOfThreads = threads;
        options.NumberOfTrees = size.Trees;
        options.NumberOfLeaves = 16;
        options.LearningRate = size.LearningRate;
        options.MinimumExampleCountPerLeaf = 50;
        options.MaximumBinCountPerFeature = 63;
        options.FeatureFraction = 0.5;
        options.MaximumTreeOutput = mostOutput;
        options.MemoryStatistics = false;
        return options;
    }

    /// <summary>FastTree keeps the thread count of its first training in a process and does not say so when asked for another; so the first is for all.</summary>
    private static int Threads(int asked)
    {
        Interlocked.CompareExchange(ref s_threads, Math.Max(asked, 1), 0);
        return s_threads;
    }
}
