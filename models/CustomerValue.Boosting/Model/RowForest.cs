using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>Several boosters over the same features, laid out to score one row through all of them: values are looked up among the thresholds once, and a tree lies on one cache line.</summary>
/// <remarks>
/// Trees are filled up to one depth, so that a step needs no pointer: the child of slot i is 2 i, or 2 i + 1 to the right. A node compares two small whole numbers, how many of the model's
/// thresholds of that feature the value reaches, and how many it must reach (as in QuickScorer: Lucchese et al. 2015); a split by levels asks for the answer to its own question, 0 or 1.
/// Leaves are added in the order of the trees to the start, so a row scores the same to the last bit as by <see cref="Booster.PredictRaw(ReadOnlySpan{float}, double)"/>.
/// </remarks>
public sealed unsafe class RowForest
{
    private const int DeepestTree = 5, Lanes = 8;
    private const ushort Always = ushort.MaxValue;

    private readonly int _depth;
    private readonly uint[] _nodes;
    private readonly float[] _leaves;
    private readonly int[] _ends;
    private readonly Booster[] _boosters;
    private readonly Threshold[] _thresholds;
    private readonly LevelSplits[] _levelSplits;

    private RowForest(Booster[] boosters, int depth)
    {
        _boosters = boosters;
        _depth = depth;
        int trees = boosters.Sum(booster => booster.Trees.Count), stride = 1 << depth, tree = 0;
        // Behind the last tree there is room for those that its step of eight walks in vain.
        int room = trees + Lanes - 1;
        _nodes = GC.AllocateArray<uint>(room * stride, pinned: true);
        _leaves = GC.AllocateArray<float>(room * stride, pinned: true);
        _ends = new int[boosters.Length];
        Places places = new(boosters);
        for (int i = 0; i < boosters.Length; i++)
        {
            foreach (Tree grown in boosters[i].Trees)
                Fill(grown, 0, 1, tree++ * stride, places);
            _ends[i] = tree;
        }
        // One place at least: what is filled up below a leaf asks for the first.
        (_thresholds, _levelSplits, PlaceCount) = (places.Thresholds(), places.LevelSplits(), Math.Max(places.Count, 1));
    }

    private int PlaceCount { get; }

    /// <summary>Lays boosters out; null where they do not share their features, have several outputs, or trees that are too deep or ask too many different questions to be laid out so.</summary>
    /// <param name="boosters">At least one.</param>
    public static RowForest? For(IReadOnlyList<Booster> boosters)
    {
        IReadOnlyList<ModelFeature> features = boosters[0].Features;
        if (boosters.Any(booster => booster.Objective.Outputs != 1 || booster.Features.Count != features.Count
            || booster.Features.Where((feature, f) => feature.Name != features[f].Name || feature.Kind != features[f].Kind || !feature.LevelBins.AsSpan().SequenceEqual(features[f].LevelBins)).Any()))
            return null;
        int depth = Math.Max(1, boosters.SelectMany(booster => booster.Trees).Select(tree => tree.Depth()).DefaultIfEmpty().Max());
        return depth > DeepestTree || boosters.Sum(booster => booster.Trees.Sum(tree => tree.Sets.Length / Tree.SetWords)) + 2 * features.Count > ushort.MaxValue ? null : new RowForest([.. boosters], depth);
    }

    /// <summary>Raw scores of one row, one a booster, without allocation.</summary>
    /// <param name="row">A value a feature in the order of <see cref="Booster.Features"/>; NaN is missing; level codes as by <see cref="ModelFeature.CodeOf"/>.</param>
    /// <param name="baseMargins">One a booster: the row's starting score where it <see cref="Booster.ExpectsBaseMargins"/>; otherwise added to the booster's own start.</param>
    /// <param name="raw">Receives one score a booster.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PredictRaw(ReadOnlySpan<float> row, ReadOnlySpan<double> baseMargins, Span<double> raw)
    {
        ushort* values = stackalloc ushort[PlaceCount];
        LookUp(row, values);
        int tree = 0, shift = _depth;
        nuint stride = (nuint)1 << shift;
        float* reached = stackalloc float[Lanes];
        fixed (uint* nodes = _nodes)
        fixed (float* leaves = _leaves)
            for (int booster = 0; booster < _boosters.Length; booster++)
            {
                bool based = _boosters[booster].ExpectsBaseMargins;
                double sum = based ? baseMargins[booster] : _boosters[booster].Start[0];
                for (int end = _ends[booster]; tree < end; tree += Lanes)
                {
                    uint* n = nodes + ((nuint)tree << shift);
                    nuint a0 = 1, a1 = 1, a2 = 1, a3 = 1, a4 = 1, a5 = 1, a6 = 1, a7 = 1;
                    for (int level = 0; level < shift; level++)
                    {
                        a0 = Next(n, a0, values);
                        a1 = Next(n + stride, a1, values);
                        a2 = Next(n + 2 * stride, a2, values);
                        a3 = Next(n + 3 * stride, a3, values);
                        a4 = Next(n + 4 * stride, a4, values);
                        a5 = Next(n + 5 * stride, a5, values);
                        a6 = Next(n + 6 * stride, a6, values);
                        a7 = Next(n + 7 * stride, a7, values);
                    }
                    // Slots of the last level count from 2^depth on.
                    float* leaf = leaves + ((nuint)tree << shift) - stride;
                    (reached[0], reached[1], reached[2], reached[3]) = (leaf[a0], leaf[a1 + stride], leaf[a2 + 2 * stride], leaf[a3 + 3 * stride]);
                    (reached[4], reached[5], reached[6], reached[7]) = (leaf[a4 + 4 * stride], leaf[a5 + 5 * stride], leaf[a6 + 6 * stride], leaf[a7 + 7 * stride]);
                    int count = Math.Min(Lanes, end - tree);
                    for (int lane = 0; lane < count; lane++)
                        sum += reached[lane];
                }
                tree = _ends[booster];
                raw[booster] = based ? sum : sum + baseMargins[booster];
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Next(uint* nodes, nuint at, ushort* values)
    {
        uint node = nodes[at];
        return 2 * at + (values[(ushort)node] >= node >> 16 ? 1u : 0u);
    }

    /// <summary>How many thresholds each value reaches, and the answers to splits by levels.</summary>
    private void LookUp(ReadOnlySpan<float> row, ushort* values)
    {
        foreach (ref readonly Threshold feature in _thresholds.AsSpan())
        {
            float value = row[feature.Feature];
            int reached = float.IsNaN(value) ? 0 : feature.Reached(value);
            if (feature.MissingLeft >= 0)
                values[feature.MissingLeft] = (ushort)reached;
            if (feature.MissingRight >= 0)
                values[feature.MissingRight] = float.IsNaN(value) ? Always : (ushort)reached;
        }
        foreach (ref readonly LevelSplits splits in _levelSplits.AsSpan())
        {
            float value = row[splits.Feature];
            ushort[] answers = splits.Answers[value >= 0 && value < splits.Bins.Length ? splits.Bins[(int)value] : ^1];
            answers.CopyTo(new Span<ushort>(values + splits.First, answers.Length));
        }
    }

    private void Fill(Tree tree, int at, int slot, int first, Places places)
    {
        ref readonly TreeNode node = ref tree.Nodes[at];
        int stride = 1 << _depth;
        if (slot >= stride)
        {
            _leaves[first + slot - stride] = node.Value;
            return;
        }
        // Below a leaf that ends early both ways lead to its value.
        _nodes[first + slot] = node.IsLeaf ? (uint)Always << 16 : places.Of(tree, node);
        Fill(tree, node.IsLeaf ? at : node.Left, 2 * slot, first, places);
        Fill(tree, node.IsLeaf ? at : node.Left + 1, 2 * slot + 1, first, places);
    }

    /// <summary>A feature's thresholds in all trees, and where is told how many a value reaches: with missing values reaching none, and with missing values reaching all.</summary>
    /// <param name="Feature">The feature.</param>
    /// <param name="Cuts">The thresholds, rising, as a search tree: every eighth of the level behind, up to a level of eight. Levels are filled up with NaN, which nothing reaches.</param>
    /// <param name="MissingLeft">Place where missing values reach none.</param>
    /// <param name="MissingRight">Place where missing values reach all.</param>
    private readonly record struct Threshold(int Feature, float[][] Cuts, int MissingLeft, int MissingRight)
    {
        public int Reached(float value)
        {
            Vector256<float> all = Vector256.Create(value);
            int reached = 1;
            foreach (float[] level in Cuts)
            {
                int at = (reached - 1) * Lanes;
                reached = at + int.PopCount((int)Vector256.GreaterThanOrEqual(all, Vector256.Create<float>(level.AsSpan(at, Lanes))).ExtractMostSignificantBits());
                if (reached == 0)
                    return 0;
            }
            return reached;
        }

        public static float[][] Levels(float[] cuts)
        {
            float[] padded = new float[(cuts.Length + Lanes - 1) / Lanes * Lanes];
            Array.Fill(padded, float.NaN);
            cuts.CopyTo(padded, 0);
            return padded.Length <= Lanes ? [padded] : [.. Levels([.. cuts.Where((_, i) => i % Lanes == 0)]), padded];
        }
    }

    /// <summary>What all splits by a feature's levels answer: an array a bin of levels, and a last one for what is missing or no level.</summary>
    private readonly record struct LevelSplits(int Feature, byte[] Bins, ushort[][] Answers, int First);

    /// <summary>Numbers the questions that trees ask of a row.</summary>
    private sealed class Places
    {
        private readonly IReadOnlyList<ModelFeature> _features;
        private readonly float[][] _cuts;
        private readonly int[] _left, _right, _levels;

        /// <summary>By feature, the splits by levels that answer differently.</summary>
        private readonly List<ushort[]>[] _answers;

        public Places(Booster[] boosters)
        {
            _features = boosters[0].Features;
            SortedSet<float>[] cuts = [.. _features.Select(_ => new SortedSet<float>())];
            _answers = [.. _features.Select(_ => new List<ushort[]>())];
            foreach (Tree tree in boosters.SelectMany(booster => booster.Trees))
                foreach (TreeNode node in tree.Nodes)
                    if (node.IsLeaf)
                        continue;
                    else if (node.Set == TreeNode.NoSet)
                        cuts[node.Feature].Add(CutOf(node));
                    else if (IndexOf(node.Feature, Answers(tree, node)) < 0)
                        _answers[node.Feature].Add(Answers(tree, node));
            _cuts = [.. cuts.Select(feature => feature.ToArray())];
            _left = [.. _cuts.Select(feature => feature.Length == 0 ? -1 : Count++)];
            _right = [.. _cuts.Select(feature => feature.Length == 0 ? -1 : Count++)];
            _levels = [.. _answers.Select(feature => (Count += feature.Count) - feature.Count)];
        }

        public int Count { get; private set; }

        public uint Of(Tree tree, in TreeNode node) => node.Set == TreeNode.NoSet
            ? (uint)(Array.BinarySearch(_cuts[node.Feature], CutOf(node)) + 1) << 16 | (uint)(node.MissingLeft ? _left : _right)[node.Feature]
            : 1u << 16 | (uint)(_levels[node.Feature] + IndexOf(node.Feature, Answers(tree, node)));

        public LevelSplits[] LevelSplits() => [.. _answers.Select((answers, f) => (answers, f)).Where(feature => feature.answers.Count > 0)
            .Select(feature => new LevelSplits(feature.f, _features[feature.f].LevelBins,
                [.. Enumerable.Range(0, feature.answers[0].Length).Select(bin => feature.answers.Select(split => split[bin]).ToArray())], _levels[feature.f]))];

        public Threshold[] Thresholds() => [.. _cuts.Select((cuts, f) => (cuts, f)).Where(feature => feature.cuts.Length > 0)
            .Select(feature => new Threshold(feature.f, Threshold.Levels(feature.cuts), _left[feature.f], _right[feature.f]))];

        private int IndexOf(int feature, ushort[] answers) => _answers[feature].FindIndex(known => known.AsSpan().SequenceEqual(answers));

        /// <summary>1 where a bin of levels goes right; at last what is missing.</summary>
        private ushort[] Answers(Tree tree, in TreeNode node)
        {
            ReadOnlySpan<ulong> set = tree.Sets.AsSpan(node.Set * Tree.SetWords, Tree.SetWords);
            ushort[] answers = new ushort[_features[node.Feature].LevelBins.DefaultIfEmpty().Max() + 2];
            for (int bin = 0; bin < answers.Length - 1; bin++)
                answers[bin] = (ushort)((set[bin >> 6] >> (bin & 63)) & 1);
            answers[^1] = node.MissingLeft ? (ushort)0 : (ushort)1;
            return answers;
        }

        /// <summary>A value of minus infinity reaches no threshold, as in scoring by table.</summary>
        private static float CutOf(in TreeNode node) => Math.Max(node.Threshold, float.MinValue);
    }
}
