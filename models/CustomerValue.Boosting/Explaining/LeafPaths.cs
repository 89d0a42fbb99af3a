namespace CustomerValue.Boosting;

/// <summary>Every leaf of a model as the conditions that lead to it, one a feature: what TreeSHAP works on.</summary>
/// <remarks>Conditions on the same feature merge into one, as in GPUTreeShap (Mitchell, Frank and Holmes 2022).</remarks>
internal sealed class LeafPaths
{
    private readonly List<Path> _paths = [];
    private readonly List<Condition> _conditions = [];
    private readonly List<ulong> _sets = [];

    public LeafPaths(IReadOnlyList<Tree> trees, int outputs)
    {
        Expected = new double[outputs];
        for (int i = 0; i < trees.Count; i++)
            Walk(trees[i], i % outputs, 0, []);
        MostConditions = _paths.Count == 0 ? 0 : _paths.Max(path => path.Count);
    }

    public IReadOnlyList<Path> Paths => _paths;

    public IReadOnlyList<Condition> Conditions => _conditions;

    public int MostConditions { get; }

    /// <summary>Mean of the trees' sum over the training rows, by cover; one value an output.</summary>
    public double[] Expected { get; }

    public bool GoesRight(int set, int bin) => ((_sets[set * Tree.SetWords + (bin >> 6)] >> (bin & 63)) & 1) != 0;

    private void Walk(Tree tree, int output, int at, List<Condition> onPath)
    {
        ref readonly TreeNode node = ref tree.Nodes[at];
        if (node.IsLeaf)
        {
            _paths.Add(new(output, _conditions.Count, onPath.Count, node.Value));
            _conditions.AddRange(onPath);
            double share = 1;
            foreach (Condition condition in onPath)
                share *= condition.Share;
            Expected[output] += share * node.Value;
            return;
        }
        int place = -1;
        for (int i = 0; i < onPath.Count; i++)
            if (onPath[i].Feature == node.Feature)
                place = i;
        for (int side = 0; side < 2; side++)
        {
            List<Condition> child = [.. onPath];
            Condition before = place < 0 ? Condition.None(node.Feature) : child[place];
            Condition after = Narrow(tree, node, before, side == 1) with { Share = before.Share * Share(tree, node, side) };
            if (place < 0)
                child.Add(after);
            else
                child[place] = after;
            Walk(tree, output, node.Left + side, child);
        }
    }

    private static double Share(Tree tree, in TreeNode node, int side) =>
        node.Cover > 0 ? Math.Min((double)tree.Nodes[node.Left + side].Cover / node.Cover, 1) : 0.5;

    private Condition Narrow(Tree tree, in TreeNode node, in Condition before, bool right)
    {
        bool missing = before.MissingFits && node.MissingLeft != right;
        if (node.Set == TreeNode.NoSet)
            return right
                ? before with { Lower = Math.Max(before.Lower, node.Threshold), MissingFits = missing }
                : before with { Upper = float.IsNaN(before.Upper) ? node.Threshold : Math.Min(before.Upper, node.Threshold), MissingFits = missing };
        int set = _sets.Count / Tree.SetWords;
        for (int word = 0; word < Tree.SetWords; word++)
        {
            ulong bins = tree.Sets[node.Set * Tree.SetWords + word];
            _sets.Add((right ? bins : ~bins) & (before.Set == TreeNode.NoSet ? ulong.MaxValue : _sets[before.Set * Tree.SetWords + word]));
        }
        return before with { Set = set, MissingFits = missing };
    }

    /// <summary>One leaf: its output, its conditions and its value.</summary>
    public readonly record struct Path(int Output, int First, int Count, double Value);

    /// <summary>What a path asks of one feature: at least Lower and not at least Upper (NaN: no limit), or a bin of Set; and whether missing fits.</summary>
    /// <param name="Feature">The feature.</param>
    /// <param name="Lower">Least value.</param>
    /// <param name="Upper">The value from which on it no longer fits.</param>
    /// <param name="Set">Bins that fit, for a categorical feature.</param>
    /// <param name="MissingFits">Whether a missing value takes this path.</param>
    /// <param name="Share">Share of the training rows' cover that this feature lets through.</param>
    public readonly record struct Condition(int Feature, float Lower, float Upper, int Set, bool MissingFits, double Share)
    {
        public static Condition None(int feature) => new(feature, float.NegativeInfinity, float.NaN, TreeNode.NoSet, true, 1);
    }
}
