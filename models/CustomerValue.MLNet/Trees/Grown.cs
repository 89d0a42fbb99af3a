using Microsoft.ML.Trainers.FastTree;

namespace CustomerValue.MLNet.Trees;

/// <summary>One tree of ML.NET over the slots of a vector, as splits of the house's features.</summary>
internal sealed class Grown
{
    private readonly RegressionTreeBase _tree;
    private readonly TreeSlot[] _slots;

    /// <param name="tree">The tree.</param>
    /// <param name="slots">What each slot holds.</param>
    /// <exception cref="NotSupportedException">The tree splits by sets of slots.</exception>
    public Grown(RegressionTreeBase tree, TreeSlot[] slots)
    {
        if (tree.CategoricalSplitFlags.Contains(true))
            throw new NotSupportedException("The ensemble splits by sets of slots.");
        _tree = tree;
        _slots = slots;
        Covers = new int[tree.NumberOfNodes + Leaves];
    }

    /// <summary>Splits; node 0 is the root, or the only leaf where there is none.</summary>
    public int Splits => _tree.NumberOfNodes;

    public int Leaves => _tree.NumberOfNodes + 1;

    /// <summary>Training rows that came to each split, then to each leaf.</summary>
    public int[] Covers { get; }

    public int Feature(int split) => Slot(split).Feature;

    public bool AsksForMissing(int split) => Slot(split).Kind == SlotKind.Missing;

    /// <summary>Values up to it go left.</summary>
    public float Threshold(int split) => _tree.NumericalSplitThresholds[split];

    public float Gain(int split) => (float)Math.Max(_tree.SplitGains[split], 0);

    public double Value(int leaf) => _tree.LeafValues.Count == 0 ? 0 : _tree.LeafValues[leaf];

    /// <summary>Children as places: splits first, then leaves.</summary>
    public int Left(int split) => Place(_tree.LeftChild[split]);

    public int Right(int split) => Place(_tree.RightChild[split]);

    /// <summary>Where a feature's value goes; NaN is missing.</summary>
    public bool GoesLeft(int split, float value) => Slot(split).Of(value) <= Threshold(split);

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

    private TreeSlot Slot(int split) => _slots[_tree.NumericalSplitFeatureIndexes[split]];

    private int Place(int child) => child >= 0 ? child : Splits + ~child;
}
