using System.Runtime.CompilerServices;

namespace CustomerValue.Boosting;

/// <summary>All trees of a model laid out for scoring: eight walks side by side, so that the processor waits for none of them alone.</summary>
/// <remarks>One row walks eight trees at once; a block of rows sends eight rows through a tree at once. Either way a row's leaves are added in
/// the order of the trees to its start, so that it scores the same to the last bit.</remarks>
internal sealed unsafe class ForestScorer
{
    /// <summary>Rows of a block; its values stay in the first-level cache while all trees pass.</summary>
    public const int Block = 64;

    private const int Lanes = 8;

    private readonly ScoringNode[] nodes;
    private readonly int[] roots;
    private readonly int[] depths;
    private readonly ulong[] sets;
    private readonly byte[][] levelBins;
    private readonly double[] start;
    private readonly int outputs;
    private readonly bool[] bySets;

    public ForestScorer(IReadOnlyList<Tree> trees, IReadOnlyList<ModelFeature> features, double[] start)
    {
        this.start = start;
        outputs = start.Length;
        levelBins = [.. features.Select(feature => feature.LevelBins)];
        bySets = new bool[trees.Count];
        roots = new int[trees.Count];
        depths = new int[trees.Count];
        nodes = new ScoringNode[trees.Sum(tree => tree.Nodes.Length)];
        sets = new ulong[trees.Sum(tree => tree.Sets.Length)];
        int at = 0, words = 0;
        for (int i = 0; i < roots.Length; i++)
        {
            roots[i] = at;
            depths[i] = trees[i].Depth();
            foreach (TreeNode node in trees[i].Nodes)
            {
                nodes[at] = ScoringNode.From(node, roots[i], at, words);
                bySets[i] |= (nodes[at].Feature & ScoringNode.BySet) != 0;
                at++;
            }
            trees[i].Sets.CopyTo(sets, words);
            words += trees[i].Sets.Length;
        }
    }

    /// <summary>Scores one row.</summary>
    public void Score(ReadOnlySpan<float> row, ReadOnlySpan<double> baseMargins, Span<double> margins)
    {
        for (int output = 0; output < outputs; output++)
            margins[output] = baseMargins.IsEmpty ? start[output] : baseMargins[output];
        bool missing = HasMissing(row);
        int* at = stackalloc int[Lanes];
        fixed (ScoringNode* tree = nodes)
        fixed (float* values = row)
        {
            for (int first = 0; first < roots.Length; first += Lanes)
            {
                int count = Math.Min(Lanes, roots.Length - first), depth = 0;
                bool bySet = false;
                for (int lane = 0; lane < Lanes; lane++)
                {
                    int number = first + Math.Min(lane, count - 1);
                    at[lane] = roots[number];
                    depth = Math.Max(depth, depths[number]);
                    bySet |= bySets[number];
                }
                Walk(tree, values, 0, at, depth, bySet, missing);
                for (int lane = 0; lane < count; lane++)
                    margins[(first + lane) % outputs] += tree[at[lane]].Value;
            }
        }
    }

    /// <summary>Scores up to <see cref="Block"/> rows, which lie row after row with room for all; <paramref name="margins"/> hold their starts.</summary>
    public void ScoreBlock(ReadOnlySpan<float> values, int width, int count, Span<double> margins)
    {
        bool missing = HasMissing(values[..(count * width)]);
        int* at = stackalloc int[Lanes];
        fixed (ScoringNode* tree = nodes)
        fixed (float* rows = values)
        {
            for (int number = 0; number < roots.Length; number++)
            {
                int output = number % outputs;
                for (int first = 0; first < count; first += Lanes)
                {
                    new Span<int>(at, Lanes).Fill(roots[number]);
                    Walk(tree, rows + (long)first * width, width, at, depths[number], bySets[number], missing);
                    for (int lane = Math.Min(Lanes, count - first) - 1; lane >= 0; lane--)
                        margins[(first + lane) * outputs + output] += tree[at[lane]].Value;
                }
            }
        }
    }

    /// <summary>The start of each row: its base margins, or the model's own.</summary>
    public void FillStarts(ReadOnlySpan<double> baseMargins, Span<double> margins)
    {
        if (!baseMargins.IsEmpty)
            baseMargins.CopyTo(margins);
        else
            for (int i = 0; i < margins.Length; i++)
                margins[i] = start[i % outputs];
    }

    private void Walk(ScoringNode* tree, float* values, int stride, int* at, int depth, bool bySet, bool missing)
    {
        if (bySet)
            Walk(new LevelStep(this), tree, values, stride, at, depth);
        else if (missing)
            Walk(default(MissingStep), tree, values, stride, at, depth);
        else
            Walk(default(PlainStep), tree, values, stride, at, depth);
    }

    /// <summary>Walks eight lanes down; lane l reads the row that starts at <c>values + l * stride</c>. Compiled once for each kind of step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk<TStep>(TStep step, ScoringNode* tree, float* values, int stride, int* at, int depth)
        where TStep : struct, IStep
    {
        float* r0 = values, r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride, r4 = r3 + stride, r5 = r4 + stride, r6 = r5 + stride, r7 = r6 + stride;
        int a0 = at[0], a1 = at[1], a2 = at[2], a3 = at[3], a4 = at[4], a5 = at[5], a6 = at[6], a7 = at[7];
        for (int level = 0; level < depth; level++)
        {
            a0 = step.Next(tree + a0, r0);
            a1 = step.Next(tree + a1, r1);
            a2 = step.Next(tree + a2, r2);
            a3 = step.Next(tree + a3, r3);
            a4 = step.Next(tree + a4, r4);
            a5 = step.Next(tree + a5, r5);
            a6 = step.Next(tree + a6, r6);
            a7 = step.Next(tree + a7, r7);
        }
        at[0] = a0;
        at[1] = a1;
        at[2] = a2;
        at[3] = a3;
        at[4] = a4;
        at[5] = a5;
        at[6] = a6;
        at[7] = a7;
    }

    private static bool HasMissing(ReadOnlySpan<float> values)
    {
        bool any = false;
        foreach (float value in values)
            any |= float.IsNaN(value);
        return any;
    }

    /// <summary>Infinity where the value's level goes right, minus infinity where left, NaN where missing or unknown.</summary>
    private float SetMember(in ScoringNode node, float value)
    {
        byte[] bins = levelBins[node.Feature >> ScoringNode.FlagBits];
        if (!(value >= 0 && value < bins.Length))
            return float.NaN;
        int bin = bins[(int)value];
        bool right = ((sets[BitConverter.SingleToInt32Bits(node.Threshold) + (bin >> 6)] >> (bin & 63)) & 1) != 0;
        return right ? float.PositiveInfinity : float.NegativeInfinity;
    }

    /// <summary>One step down a tree.</summary>
    private interface IStep
    {
        int Next(ScoringNode* node, float* row);
    }

    /// <summary>Where nothing is missing and all splits of the trees are thresholds.</summary>
    private readonly struct PlainStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(ScoringNode* node, float* row) => node->Left + (row[node->Feature >> ScoringNode.FlagBits] >= node->Threshold ? 1 : 0);
    }

    private readonly struct MissingStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(ScoringNode* node, float* row) => Towards(node, row[node->Feature >> ScoringNode.FlagBits]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Towards(ScoringNode* node, float value) =>
            node->Left + ((value >= node->Threshold ? 1 : 0) | ((float.IsNaN(value) ? 1 : 0) & node->Feature & ScoringNode.MissingRight));
    }

    private readonly struct LevelStep(ForestScorer forest) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(ScoringNode* node, float* row)
        {
            float value = row[node->Feature >> ScoringNode.FlagBits];
            if ((node->Feature & ScoringNode.BySet) != 0)
            {
                value = forest.SetMember(*node, value);
                return node->Left + (value > 0 || (float.IsNaN(value) && (node->Feature & ScoringNode.MissingRight) != 0) ? 1 : 0);
            }
            return MissingStep.Towards(node, value);
        }
    }
}
