using System.Buffers;
using System.Numerics;
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

    /// <summary>Wider rows are laid out in rented memory.</summary>
    private const int MostOnStack = 1024;

    private readonly ScoringNode[] _nodes;
    private readonly int[] _roots;
    private readonly int[] _depths;
    private readonly ulong[] _sets;
    private readonly byte[][] _levelBins;
    private readonly double[] _start;
    private readonly int _outputs;
    private readonly int _width;
    private readonly bool[] _bySets;

    public ForestScorer(IReadOnlyList<Tree> trees, IReadOnlyList<ModelFeature> features, double[] start)
    {
        _start = start;
        _outputs = start.Length;
        _width = features.Count;
        _levelBins = [.. features.Select(feature => feature.LevelBins)];
        _bySets = [.. trees.Select(tree => tree.Sets.Length > 0)];
        _roots = new int[trees.Count];
        _depths = new int[trees.Count];
        _nodes = new ScoringNode[trees.Sum(tree => tree.Nodes.Length)];
        _sets = new ulong[trees.Sum(tree => tree.Sets.Length)];
        int at = 0, words = 0;
        for (int i = 0; i < _roots.Length; i++)
        {
            _roots[i] = at;
            _depths[i] = trees[i].Depth();
            foreach (TreeNode node in trees[i].Nodes)
            {
                _nodes[at] = ScoringNode.From(node, features.Count, _roots[i], at, words);
                at++;
            }
            trees[i].Sets.CopyTo(_sets, words);
            words += trees[i].Sets.Length;
        }
    }

    /// <summary>Scores one row.</summary>
    public void Score(ReadOnlySpan<float> row, ReadOnlySpan<double> baseMargins, Span<double> margins)
    {
        for (int output = 0; output < _outputs; output++)
            margins[output] = baseMargins.IsEmpty ? _start[output] : baseMargins[output];
        float[]? rented = _width > MostOnStack ? ArrayPool<float>.Shared.Rent(Places) : null;
        Span<float> values = rented ?? stackalloc float[Places];
        Lay(row, values, values[_width..]);
        nuint* at = stackalloc nuint[Lanes];
        fixed (ScoringNode* tree = _nodes)
        fixed (float* places = values)
        {
            for (int first = 0; first < _roots.Length; first += Lanes)
            {
                int count = Math.Min(Lanes, _roots.Length - first), depth = 0;
                bool bySet = false;
                for (int lane = 0; lane < Lanes; lane++)
                {
                    int number = first + Math.Min(lane, count - 1);
                    at[lane] = (nuint)_roots[number];
                    depth = Math.Max(depth, _depths[number]);
                    bySet |= _bySets[number];
                }
                Walk<OneRow>(tree, places, at, depth, bySet);
                for (int lane = 0; lane < count; lane++)
                    margins[(first + lane) % _outputs] += tree[at[lane]].Value;
            }
        }
        if (rented is not null)
            ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Lays out values: missing ones as minus infinity for nodes that send them left, as infinity for those that send them right.</summary>
    public static void Lay(ReadOnlySpan<float> values, Span<float> leftward, Span<float> rightward)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = new(values[i..]);
            Vector<int> known = Vector.Equals(value, value);
            Vector.ConditionalSelect(known, value, new Vector<float>(float.NegativeInfinity)).CopyTo(leftward[i..]);
            Vector.ConditionalSelect(known, value, new Vector<float>(float.PositiveInfinity)).CopyTo(rightward[i..]);
        }
        for (; i < values.Length; i++)
        {
            leftward[i] = float.IsNaN(values[i]) ? float.NegativeInfinity : values[i];
            rightward[i] = float.IsNaN(values[i]) ? float.PositiveInfinity : values[i];
        }
    }

    /// <summary>Values of a row as laid out.</summary>
    public int Places => 2 * _width;

    /// <summary>Scores up to <see cref="Block"/> rows.</summary>
    /// <param name="values">Place after place (<see cref="Lay"/>), each with room for <see cref="Block"/> rows; room without a row holds any number.</param>
    /// <param name="count">Rows.</param>
    /// <param name="margins">The rows' starts, to which their scores are added.</param>
    public void ScoreBlock(ReadOnlySpan<float> values, int count, Span<double> margins)
    {
        nuint* at = stackalloc nuint[Lanes];
        fixed (ScoringNode* tree = _nodes)
        fixed (float* rows = values)
        {
            for (int number = 0; number < _roots.Length; number++)
            {
                int output = number % _outputs;
                for (int first = 0; first < count; first += Lanes)
                {
                    new Span<nuint>(at, Lanes).Fill((nuint)_roots[number]);
                    Walk<RowsOfBlock>(tree, rows + first, at, _depths[number], _bySets[number]);
                    for (int lane = Math.Min(Lanes, count - first) - 1; lane >= 0; lane--)
                        margins[(first + lane) * _outputs + output] += tree[at[lane]].Value;
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
                margins[i] = _start[i % _outputs];
    }

    private void Walk<TLayout>(ScoringNode* tree, float* values, nuint* at, int depth, bool bySet) where TLayout : struct, ILayout
    {
        if (bySet)
            Walk<TLayout, LevelStep>(new LevelStep(this), tree, values, at, depth);
        else
            Walk<TLayout, ThresholdStep>(default, tree, values, at, depth);
    }

    /// <summary>Walks eight lanes down. Compiled once for each layout of values and each kind of step, so that all lanes stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk<TLayout, TStep>(TStep step, ScoringNode* tree, float* values, nuint* at, int depth)
        where TLayout : struct, ILayout
        where TStep : struct, IStep
    {
        nuint a0 = at[0], a1 = at[1], a2 = at[2], a3 = at[3], a4 = at[4], a5 = at[5], a6 = at[6], a7 = at[7];
        for (int level = 0; level < depth; level++)
        {
            a0 = step.Next<TLayout>(tree + a0, values, 0);
            a1 = step.Next<TLayout>(tree + a1, values, 1);
            a2 = step.Next<TLayout>(tree + a2, values, 2);
            a3 = step.Next<TLayout>(tree + a3, values, 3);
            a4 = step.Next<TLayout>(tree + a4, values, 4);
            a5 = step.Next<TLayout>(tree + a5, values, 5);
            a6 = step.Next<TLayout>(tree + a6, values, 6);
            a7 = step.Next<TLayout>(tree + a7, values, 7);
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

    /// <summary>Whether the value's level goes right; missing and unknown ones as the node sends missing values.</summary>
    private bool GoesRight(in ScoringNode node, float value)
    {
        byte[] bins = _levelBins[(int)((node.Place & ~ScoringNode.BySet) % (uint)_width)];
        if (!(value >= 0 && value < bins.Length))
            return (node.Place & ~ScoringNode.BySet) >= (uint)_width;
        int bin = bins[(int)value];
        return ((_sets[BitConverter.SingleToInt32Bits(node.Threshold) + (bin >> 6)] >> (bin & 63)) & 1) != 0;
    }

    /// <summary>Where a lane finds a value.</summary>
    private interface ILayout
    {
        static abstract float Read(float* values, uint place, int lane);
    }

    /// <summary>All lanes read one row.</summary>
    private readonly struct OneRow : ILayout
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Read(float* values, uint place, int lane) => values[place];
    }

    /// <summary>Each lane reads a row of its own of a block.</summary>
    private readonly struct RowsOfBlock : ILayout
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Read(float* values, uint place, int lane) => values[place * (nuint)Block + (nuint)lane];
    }

    /// <summary>One step down a tree.</summary>
    private interface IStep
    {
        nuint Next<TLayout>(ScoringNode* node, float* values, int lane) where TLayout : struct, ILayout;
    }

    /// <summary>Where all splits of a tree are thresholds.</summary>
    private readonly struct ThresholdStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public nuint Next<TLayout>(ScoringNode* node, float* values, int lane) where TLayout : struct, ILayout =>
            node->Left + (TLayout.Read(values, node->Place, lane) >= node->Threshold ? 1u : 0u);
    }

    private readonly struct LevelStep(ForestScorer forest) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public nuint Next<TLayout>(ScoringNode* node, float* values, int lane) where TLayout : struct, ILayout
        {
            float value = TLayout.Read(values, node->Place & ~ScoringNode.BySet, lane);
            bool right = (node->Place & ScoringNode.BySet) == 0 ? value >= node->Threshold : forest.GoesRight(*node, value);
            return node->Left + (right ? 1u : 0u);
        }
    }
}
