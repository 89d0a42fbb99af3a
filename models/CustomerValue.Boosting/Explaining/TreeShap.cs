using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>Exact path-dependent SHAP values, eight rows at a time.</summary>
/// <remarks>
/// Lundberg et al. (2020), algorithm 2, leaf by leaf instead of by recursion. A row either meets a condition (o = 1) or not (o = 0), so that
/// unwinding needs no division: where o = 0 all conditions of a leaf share one sum. Rows are the lanes of a vector and take the same steps,
/// so a row's values do not depend on its company.
/// </remarks>
internal sealed class TreeShap
{
    /// <summary>Rows a step.</summary>
    public const int Lanes = 8;

    private readonly LeafPaths _paths;
    private readonly LeafPaths.Path[] _leaves;
    private readonly LeafPaths.Condition[] _conditions;
    private readonly IReadOnlyList<ModelFeature> _features;

    public TreeShap(IReadOnlyList<Tree> trees, IReadOnlyList<ModelFeature> features, int outputs)
    {
        _features = features;
        _paths = new(trees, outputs);
        _leaves = [.. _paths.Paths];
        _conditions = [.. _paths.Conditions];
        int most = _paths.MostConditions + 1;
        Ascend = Table(most, (length, j) => (j + 1.0) / (length + 1));
        Descend = Table(most, (length, j) => (double)(length - j) / (length + 1));
        Unwinding = Table(most, (length, j) => (length + 1.0) / (j + 1));
    }

    /// <summary>The leaves.</summary>
    public LeafPaths Paths => _paths;

    /// <summary>By the number of conditions and place: by what a weight grows into the next place where a condition is met.</summary>
    public double[][] Ascend { get; }

    /// <summary>By the number of conditions and place: by what a weight shrinks, times the condition's share.</summary>
    public double[][] Descend { get; }

    /// <summary>By the number of conditions and place: what takes a condition that is met out again.</summary>
    public double[][] Unwinding { get; }

    /// <summary>Mean of the trees' sum, one value an output.</summary>
    public double[] Expected => _paths.Expected;

    /// <summary>Working memory of one thread.</summary>
    public Workspace NewWorkspace() => new(_paths.MostConditions, _features.Count, Expected.Length);

    /// <summary>Number of leaves.</summary>
    public int Leaves => _leaves.Length;

    /// <summary>The conditions that lead to a leaf.</summary>
    public ReadOnlySpan<LeafPaths.Condition> PathOf(int leaf) => _conditions.AsSpan(_leaves[leaf].First, _leaves[leaf].Count);

    /// <summary>Where in a row of contributions a feature of a leaf stands.</summary>
    public int PlaceOf(int leaf, int feature) => _leaves[leaf].Output * (_features.Count + 1) + feature;

    /// <summary>Adds up the contributions of the eight rows in the workspace.</summary>
    public void Explain(Workspace work)
    {
        Array.Clear(work.Sums);
        for (int leaf = 0; leaf < _leaves.Length; leaf++)
        {
            ReadOnlySpan<LeafPaths.Condition> path = PathOf(leaf);
            for (int i = 0; i < path.Length; i++)
                work.Meets[i] = Widen(Fits(path[i], Vector256.Create<float>(work.Values.AsSpan(path[i].Feature * Lanes, Lanes))));
            Contribute(leaf, work);
            for (int i = 0; i < path.Length; i++)
                work.Sums[PlaceOf(leaf, path[i].Feature)] += work.Parts[i];
        }
    }

    /// <summary>What each condition of a leaf gives the eight rows that meet what <see cref="Workspace.Meets"/> says, in <see cref="Workspace.Parts"/>.</summary>
    public void Contribute(int leaf, Workspace work)
    {
        ReadOnlySpan<LeafPaths.Condition> path = PathOf(leaf);
        Extend(path, work);
        Unwind(path, _leaves[leaf].Value, work);
    }

    private static double[][] Table(int most, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, most).Select(length => Enumerable.Range(0, length + 1).Select(j => value(length, j)).ToArray())];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Extend(ReadOnlySpan<LeafPaths.Condition> path, Workspace work)
    {
        Span<Vector512<double>> weight = work.Weights;
        weight[0] = Vector512<double>.One;
        for (int i = 0; i < path.Length; i++)
        {
            int length = i + 1;
            ReadOnlySpan<double> up = Ascend[length], down = Descend[length];
            Vector512<double> meets = work.Meets[i];
            weight[length] = Vector512<double>.Zero;
            for (int j = i; j >= 0; j--)
            {
                weight[j + 1] += meets & (weight[j] * up[j]);
                weight[j] *= path[i].Share * down[j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unwind(ReadOnlySpan<LeafPaths.Condition> path, double value, Workspace work)
    {
        int length = path.Length;
        ReadOnlySpan<Vector512<double>> weight = work.Weights;
        ReadOnlySpan<double> up = Unwinding[length], down = Descend[length];
        Vector512<double> unmet = Vector512<double>.Zero;
        for (int j = 0; j < length; j++)
            unmet += weight[j] / down[j];
        unmet *= -value;
        for (int i = 0; i < length; i++)
        {
            double share = path[i].Share;
            Vector512<double> next = weight[length], met = Vector512<double>.Zero;
            for (int j = length - 1; j >= 0; j--)
            {
                Vector512<double> part = next * up[j];
                met += part;
                next = weight[j] - part * (share * down[j]);
            }
            met *= (1 - share) * value;
            work.Parts[i] = Vector512.ConditionalSelect(work.Meets[i], met, unmet);
        }
    }

    /// <summary>All bits set in the lanes whose value meets the condition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Fits(in LeafPaths.Condition condition, Vector256<float> value)
    {
        if (condition.Set != TreeNode.NoSet)
            return FitsSet(condition, value);
        Vector256<float> fits = Vector256.GreaterThanOrEqual(value, Vector256.Create(condition.Lower))
            & ~Vector256.GreaterThanOrEqual(value, Vector256.Create(condition.Upper));
        if (condition.MissingFits)
            fits |= ~Vector256.Equals(value, value);
        return fits.AsInt32();
    }

    private Vector256<int> FitsSet(in LeafPaths.Condition condition, Vector256<float> values)
    {
        Span<int> fits = stackalloc int[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            fits[lane] = FitsSet(condition, values[lane]) ? -1 : 0;
        return Vector256.Create<int>(fits);
    }

    /// <summary>Most levels of a feature.</summary>
    public int MostLevels => _features.Count == 0 ? 0 : _features.Max(feature => feature.LevelBins.Length);

    /// <summary>Says of each level of a categorical feature whether it meets a condition; returns how many levels there are.</summary>
    public int FillLevels(in LeafPaths.Condition condition, Span<int> fits)
    {
        byte[] bins = _features[condition.Feature].LevelBins;
        for (int level = 0; level < bins.Length; level++)
            fits[level] = _paths.GoesRight(condition.Set, bins[level]) ? 1 : 0;
        return bins.Length;
    }

    private bool FitsSet(in LeafPaths.Condition condition, float level)
    {
        byte[] bins = _features[condition.Feature].LevelBins;
        return level >= 0 && level < bins.Length ? _paths.GoesRight(condition.Set, bins[(int)level]) : condition.MissingFits;
    }

    private static Vector512<double> Widen(Vector256<int> mask) =>
        Vector512.Create(Vector256.WidenLower(mask), Vector256.WidenUpper(mask)).AsDouble();

    /// <summary>What one thread works on: eight rows' values, feature after feature, and their sums, output after output.</summary>
    internal sealed class Workspace(int mostConditions, int features, int outputs)
    {
        public float[] Values { get; } = new float[features * Lanes];

        public Vector512<double>[] Meets { get; } = new Vector512<double>[mostConditions];

        public Vector512<double>[] Parts { get; } = new Vector512<double>[mostConditions];

        public Vector512<double>[] Weights { get; } = new Vector512<double>[mostConditions + 1];

        public Vector512<double>[] Sums { get; } = new Vector512<double>[(features + 1) * outputs];

        /// <summary>The sum of one row: its place in the eight and its place in a row of contributions.</summary>
        public double Sum(int lane, int place) => MemoryMarshal.Cast<Vector512<double>, double>(Sums.AsSpan())[place * Lanes + lane];
    }
}
