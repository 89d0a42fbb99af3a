using Microsoft.ML.Trainers.FastTree;

namespace CustomerValue.MLNet.Training;

/// <summary>One tree of ML.NET over the slots of the pipeline, as splits of the house's features.</summary>
/// <remarks>Slots 0 to n - 1 are the features, 0 where missing; slots n to 2n - 1 say whether they were missing.</remarks>
internal sealed class Grown
{
    private readonly RegressionTree _tree;
    private readonly int _features;

    public Grown(RegressionTree tree, int features)
    {
        if (tree.CategoricalSplitFlags.Contains(true))
            throw new NotSupportedException("The FastTree ensemble splits by sets of slots, which this engine never asks for.");
        _tree = tree;
        _features = features;
        Covers = new int[tree.NumberOfNodes + Leaves];
    }

    /// <summary>Splits; node 0 is the root, or the only leaf where there is none.</summary>
    public int Splits => _tree.NumberOfNodes;

    public int Leaves => _tree.NumberOfNodes + 1;

    /// <summary>Training rows that came to each split, then to each leaf.</summary>
    public int[] Covers { get; }

    public int Feature(int split) => Slot(split) % _features;

    public bool AsksForMissing(int split) => Slot(split) >= _features;

    /// <summary>Values up to it go left.</summary>
    public float Threshold(int split) => _tree.NumericalSplitThresholds[split];

    public float Gain(int split) => (float)Math.Max(_tree.SplitGains[split], 0);

    public double Value(int leaf) => _tree.LeafValues.Count == 0 ? 0 : _tree.LeafValues[leaf];

    /// <summary>Children as places: splits first, then leaves.</summary>
    public int Left(int split) => Place(_tree.LeftChild[split]);

    public int Right(int split) => Place(_tree.RightChild[split]);

    /// <summary>Where a missing value goes: the flag is 1, and the value 0.</summary>
    public bool MissingLeft(int split) => (AsksForMissing(split) ? 1 : 0) <= Threshold(split);

    /// <summary>Where a value that is there goes.</summary>
    public bool GoesLeft(int split, float value) => float.IsNaN(value) ? MissingLeft(split) : (AsksForMissing(split) ? 0 : value) <= Threshold(split);

    /// <summary>Sends a row down the tree and counts where it comes by.</summary>
    public void Count(ReadOnlySpan<float> row)
    {
        int at = 0;
        while (at < Splits)
        {
            Covers[at]++;
            at = GoesLeft(at, row[Feature(at)]) ? Left(at) : Right(at);
        }
        Covers[at]++;
    }

    private int Slot(int split) => _tree.NumericalSplitFeatureIndexes[split];

    private int Place(int child) => child >= 0 ? child : Splits + ~child;
}
