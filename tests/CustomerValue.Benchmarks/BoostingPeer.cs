using CustomerValue.Boosting;
using CustomerValue.LightGbm;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms;

namespace CustomerValue.Benchmarks;

/// <summary>A learner of trees that is measured.</summary>
internal interface IBoostingPeer
{
    /// <summary>Whether it can run here.</summary>
    bool IsPresent { get; }

    /// <summary>Takes the rows in the form it wants; not measured.</summary>
    void Take(BoostingData training, BoostingData held, float[] labels, bool binary);

    /// <summary>Learns, binning included.</summary>
    void Fit();

    /// <summary>Answers the rows held out, on the scale of the labels.</summary>
    double[] Score();

    /// <summary>Contributions of every feature to the first rows held out.</summary>
    void Explain();
}

/// <summary>The house's booster.</summary>
internal sealed class OurBooster : IBoostingPeer
{
    private BoostingData _training = null!, _held = null!, _few = null!;
    private float[] _labels = [];
    private Objective _objective = Objectives.Logistic;
    private Booster _model = null!;

    public bool IsPresent => true;

    public void Take(BoostingData training, BoostingData held, float[] labels, bool binary)
    {
        (_training, _held, _labels, _objective) = (training, held, labels, binary ? Objectives.Logistic : Objectives.Tweedie());
        _few = held.Select([.. Enumerable.Range(0, BoostingPeers.Reasons)]);
    }

    public void Fit() => _model = BoosterTrainer.Fit(new(_training, _labels), new BoosterOptions { Objective = _objective, Rounds = BoostingPeers.Trees, MaxLeaves = BoostingPeers.Leaves, Threads = 1 }).Model;

    public double[] Score()
    {
        double[] responses = new double[_held.RowCount];
        _model.Predict(_held, responses);
        return responses;
    }

    public void Explain() => _model.Contributions(_few, new double[_few.RowCount * _model.ContributionsWidth]);
}

/// <summary>LightGBM's own library.</summary>
internal sealed class LightGbmPeer : IBoostingPeer
{
    private float[] _training = [], _held = [], _labels = [];
    private int _rows, _features;
    private string _objective = "";
    private LightGbmNative _model = null!;

    public bool IsPresent => LightGbmNative.IsPresent;

    public void Take(BoostingData training, BoostingData held, float[] labels, bool binary)
    {
        (_training, _held, _labels, _rows, _features) = (Rows(training), Rows(held), labels, held.RowCount, training.Columns.Count);
        _objective = binary ? "binary" : "tweedie tweedie_variance_power=1.5";
    }

    public void Fit() => _model = LightGbmNative.Train(_training, _features, _labels,
        $"objective={_objective} num_leaves={BoostingPeers.Leaves} learning_rate=0.1 max_bin=255 min_data_in_leaf=1 min_sum_hessian_in_leaf=1 lambda_l2=1 num_threads=1 verbosity=-1", BoostingPeers.Trees);

    public double[] Score() => _model.Predict(_held, _rows, LightGbmNative.Gives.Response);

    public void Explain() => _model.Predict(_held[..(BoostingPeers.Reasons * _features)], BoostingPeers.Reasons, LightGbmNative.Gives.Contributions);

    private static float[] Rows(BoostingData data)
    {
        float[] values = new float[data.RowCount * data.Columns.Count];
        for (int f = 0; f < data.Columns.Count; f++)
            for (int row = 0; row < data.RowCount; row++)
                values[row * data.Columns.Count + f] = data.Columns[f].Values.Span[row];
        return values;
    }
}

/// <summary>ML.NET's FastTree.</summary>
internal sealed class FastTreePeer : IBoostingPeer
{
    private readonly MLContext _ml = new(seed: 1);
    private IDataView _training = null!, _held = null!;
    private ITransformer _model = null!;
    private bool _binary;

    public bool IsPresent => true;

    public void Take(BoostingData training, BoostingData held, float[] labels, bool binary)
    {
        _binary = binary;
        _training = _ml.Data.LoadFromEnumerable(Rows(training, labels));
        _held = _ml.Data.LoadFromEnumerable(Rows(held, new float[held.RowCount]));
    }

    public void Fit()
    {
        IEstimator<ITransformer> trainer = _binary
            ? _ml.Transforms.Expression("Label", "label : label > 0.5f", "Label").Append(_ml.BinaryClassification.Trainers.FastTree(With(new FastTreeBinaryTrainer.Options())))
            : _ml.Regression.Trainers.FastTreeTweedie(With(new FastTreeTweedieTrainer.Options { Index = 1.5 }));
        _model = trainer.Fit(_training);
    }

    public double[] Score() => [.. _model.Transform(_held).GetColumn<float>(_binary ? "Probability" : "Score").Select(value => (double)value)];

    public void Explain()
    {
        IDataView few = _ml.Data.TakeRows(_held, BoostingPeers.Reasons);
        IDataView scored = _model.Transform(few);
        ITransformer last = _model is IEnumerable<ITransformer> chain ? chain.Last() : _model;
        FeatureContributionCalculatingEstimator reasons = last switch
        {
            ISingleFeaturePredictionTransformer<ICalculateFeatureContribution> trees => _ml.Transforms.CalculateFeatureContribution(trees, normalize: false),
            ISingleFeaturePredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> calibrated => _ml.Transforms.CalculateFeatureContribution(calibrated, normalize: false),
            _ => throw new NotSupportedException($"{last.GetType().Name} gives no contributions."),
        };
        foreach (float[] _ in reasons.Fit(scored).Transform(scored).GetColumn<float[]>("FeatureContributions"))
        {
        }
    }

    private static T With<T>(T options) where T : BoostedTreeOptions
    {
        options.NumberOfTrees = BoostingPeers.Trees;
        options.NumberOfLeaves = BoostingPeers.Leaves;
        options.LearningRate = 0.1;
        options.MaximumBinCountPerFeature = 255;
        options.MinimumExampleCountPerLeaf = 10;
        options.NumberOfThreads = 1;
        options.MaximumTreeOutput = options is FastTreeTweedieTrainer.Options ? 1 : 100; // a leaf without any amount would step to minus infinity
        return options;
    }

    /// <summary>Each number, 0 where missing, and whether it was: FastTree leaves out rows with NaN.</summary>
    private static Row[] Rows(BoostingData data, float[] labels) => [.. Enumerable.Range(0, data.RowCount).Select(row =>
    {
        float[] values = new float[2 * BoostingPeers.Features];
        for (int f = 0; f < BoostingPeers.Features; f++)
            (values[f], values[BoostingPeers.Features + f]) = data.Columns[f].Values.Span[row] is var value && float.IsNaN(value) ? (0, 1) : (value, 0);
        return new Row { Features = values, Label = labels[row] };
    })];

    private sealed class Row
    {
        [VectorType(2 * BoostingPeers.Features)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
