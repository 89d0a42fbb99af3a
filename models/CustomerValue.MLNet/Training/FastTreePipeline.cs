using CustomerValue.Models.Forecasting;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace CustomerValue.MLNet.Training;

/// <summary>From named features to churn probability, purchases and spend as one chain of ML.NET transformers.</summary>
/// <remarks>
/// FastTree leaves out training rows with NaN and scores them as it happens. So the chain makes of each feature two slots: its value, 0 where missing,
/// and a flag that says whether it was missing. The chain travels in the zip, so any ML.NET program treats missing values alike.
/// </remarks>
internal static class FastTreePipeline
{
    private const string Raw = "Raw", Filled = "Filled", Missing = "Missing", Features = "Features";

    /// <summary>Fits the chain.</summary>
    /// <param name="context">ML.NET's context; its seed does not reach FastTree, so <paramref name="seed"/> is given to each trainer.</param>
    /// <param name="view">Features and the three labels.</param>
    /// <param name="size">Trees and learning rate.</param>
    /// <param name="seed">Seed of rows and features drawn.</param>
    /// <param name="threads">Threads of FastTree; the first call in a process decides for all.</param>
    /// <param name="learnt">Hears of each target that is done.</param>
    /// <param name="cancellation">Stops between two targets.</param>
    public static FastTreeChain Fit(MLContext context, FeatureView view, FastTreeSize size, int seed, int threads, Action<Target> learnt, CancellationToken cancellation)
    {
        string[] names = [.. view.Schema.Select(column => column.Name).Where(name => name is not (FastTreeLabels.Churned or FastTreeLabels.Purchases or FastTreeLabels.Spend))];
        Steps steps = new(view);
        steps.Add(context.Transforms.Concatenate(Raw, names));
        steps.Add(context.Transforms.IndicateMissingValues(Missing, Raw));
        steps.Add(context.Transforms.Conversion.ConvertType(Missing, Missing, DataKind.Single));
        steps.Add(context.Transforms.ReplaceMissingValues(Filled, Raw));
        steps.Add(context.Transforms.Concatenate(Features, Filled, Missing));

        var churn = steps.Add(context.BinaryClassification.Trainers.FastTree(With(new FastTreeBinaryTrainer.Options(), FastTreeLabels.Churned, size, seed, threads, MostChurnStep)));
        steps.Add(context.Transforms.CopyColumns(FastTreeLabels.AnswerOf(Target.Churn), "Probability"));
        learnt(Target.Churn);
        cancellation.ThrowIfCancellationRequested();
        // Index 1 is the Poisson case.
        var purchases = steps.Add(context.Regression.Trainers.FastTreeTweedie(With(new FastTreeTweedieTrainer.Options { Index = 1 }, FastTreeLabels.Purchases, size, seed, threads, MostStep)));
        steps.Add(context.Transforms.CopyColumns(FastTreeLabels.AnswerOf(Target.Purchases), "Score"));
        learnt(Target.Purchases);
        cancellation.ThrowIfCancellationRequested();
        var spend = steps.Add(context.Regression.Trainers.FastTreeTweedie(With(new FastTreeTweedieTrainer.Options { Index = SpendIndex }, FastTreeLabels.Spend, size, seed, threads, MostStep)));
        steps.Add(context.Transforms.CopyColumns(FastTreeLabels.AnswerOf(Target.Spend), "Score"));
        learnt(Target.Spend);

        PlattCalibrator calibrator = churn.Model.Calibrator;
        return new FastTreeChain(steps.Chain(),
        [
            (Target.Churn, churn.Model.SubModel.TrainedTreeEnsemble, -calibrator.Slope, -calibrator.Offset),
            (Target.Purchases, purchases.Model.TrainedTreeEnsemble, 1, 0),
            (Target.Spend, spend.Model.TrainedTreeEnsemble, 1, 0),
        ]);
    }

    /// <summary>Power of the variance of spend; that of the house's own boosters.</summary>
    public const double SpendIndex = 1.7;

    /// <summary>A leaf without purchases would step to minus infinity; one tree moves a forecast by at most a factor of e.</summary>
    private const double MostStep = 1;

    /// <summary>FastTree's own bound.</summary>
    private const double MostChurnStep = 100;

    private static TOptions With<TOptions>(TOptions options, string label, FastTreeSize size, int seed, int threads, double mostOutput) where TOptions : BoostedTreeOptions
    {
        options.LabelColumnName = label;
        options.FeatureColumnName = Features;
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

    /// <summary>Transformers fitted one after another, each on what those before it make of the data.</summary>
    private sealed class Steps(IDataView data)
    {
        private readonly List<ITransformer> _fitted = [];
        private IDataView _data = data;

        public T Add<T>(IEstimator<T> estimator) where T : class, ITransformer
        {
            T transformer = estimator.Fit(_data);
            _data = transformer.Transform(_data);
            _fitted.Add(transformer);
            return transformer;
        }

        public TransformerChain<ITransformer> Chain() => new(_fitted.ToArray());
    }
}

/// <summary>The fitted chain, and the forests within it.</summary>
/// <param name="Transformer">From named features to the columns of <see cref="MLNet.Serving.FastTreePrediction"/>.</param>
/// <param name="Forests">The trees of each target; log odds or log mean are the ensemble's sum times the scale plus the shift.</param>
internal sealed record FastTreeChain(TransformerChain<ITransformer> Transformer, IReadOnlyList<(Target Target, RegressionTreeEnsemble Trees, double Scale, double Shift)> Forests);
