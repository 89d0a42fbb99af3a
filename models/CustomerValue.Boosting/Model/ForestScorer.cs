using System.Runtime.CompilerServices;

namespace CustomerValue.Boosting;

/// <summary>All trees of a model laid out for scoring.</summary>
internal sealed class ForestScorer
{
    /// <summary>Rows that pass through a tree together.</summary>
    public const int Block = 64;

    private const int MissingRight = 1, BySet = 2, FlagBits = 2;

    private readonly ScoringNode[] nodes;
    private readonly int[] roots;
    private readonly ulong[] sets;
    private readonly byte[][] levelBins;
    private readonly double[] start;
    private readonly int outputs;

    public ForestScorer(IReadOnlyList<Tree> trees, IReadOnlyList<ModelFeature> features, double[] start)
    {
        this.start = start;
        outputs = start.Length;
        levelBins = [.. features.Select(feature => feature.LevelBins)];
        roots = new int[trees.Count];
        nodes = new ScoringNode[trees.Sum(tree => tree.Nodes.Length)];
        sets = new ulong[trees.Sum(tree => tree.Sets.Length)];
        int at = 0, words = 0;
        for (int i = 0; i < roots.Length; i++)
        {
            roots[i] = at;
            foreach (TreeNode node in trees[i].Nodes)
            {
                nodes[at] = Flatten(node, roots[i], at, words);
                at++;
            }
            trees[i].Sets.CopyTo(sets, words);
            words += trees[i].Sets.Length;
        }
    }

    /// <summary>Adds every tree's leaf to the start, tree after tree, so that a row scores the same alone and in company.</summary>
    public void Score(ReadOnlySpan<float> row, ReadOnlySpan<double> baseMargins, Span<double> margins)
    {
        for (int output = 0; output < outputs; output++)
        {
            double sum = baseMargins.IsEmpty ? start[output] : baseMargins[output];
            for (int tree = output; tree < roots.Length; tree += outputs)
                sum += nodes[Leaf(roots[tree], row)].Value;
            margins[output] = sum;
        }
    }

    private static ScoringNode Flatten(in TreeNode node, int root, int self, int setWords) => node.IsLeaf
        ? new(0, float.NaN, self, node.Value)
        : new((node.Feature << FlagBits) | (node.MissingLeft ? 0 : MissingRight) | (node.Set == TreeNode.NoSet ? 0 : BySet),
            node.Set == TreeNode.NoSet ? node.Threshold : BitConverter.Int32BitsToSingle(setWords + node.Set * Tree.SetWords), root + node.Left, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Leaf(int at, ReadOnlySpan<float> row)
    {
        while (nodes[at].Left != at)
            at = Step(nodes[at], row);
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Step(in ScoringNode node, ReadOnlySpan<float> row)
    {
        float value = row[node.Feature >> FlagBits];
        if ((node.Feature & BySet) != 0)
            value = SetMember(node, value);
        int right = value >= node.Threshold || (float.IsNaN(value) && (node.Feature & MissingRight) != 0) ? 1 : 0;
        return node.Left + right;
    }

    /// <summary>A value that compares with the threshold as the set says: NaN where missing or unknown.</summary>
    private float SetMember(in ScoringNode node, float value)
    {
        byte[] bins = levelBins[node.Feature >> FlagBits];
        if (!(value >= 0 && value < bins.Length))
            return float.NaN;
        int bin = bins[(int)value];
        bool right = ((sets[BitConverter.SingleToInt32Bits(node.Threshold) + (bin >> 6)] >> (bin & 63)) & 1) != 0;
        return right ? float.PositiveInfinity : float.NegativeInfinity;
    }

    /// <summary>Sixteen bytes, four to a cache line. A leaf points to itself and its threshold is NaN, so that a step from it stays there.</summary>
    private readonly record struct ScoringNode(int Feature, float Threshold, int Left, float Value);
}
