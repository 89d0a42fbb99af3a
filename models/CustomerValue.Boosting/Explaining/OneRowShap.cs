using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>The SHAP values of one row, four leaves at a time: <see cref="TreeShap"/> turned round for where there are no eight rows.</summary>
/// <remarks>
/// Leaves of as many conditions stand side by side, the last ones of each length filled up with copies that count for nothing. Every lane takes the steps that a row takes in
/// <see cref="TreeShap"/>, and contributions are added up in the order of the leaves, so that the values are equal to the last bit.
/// </remarks>
internal sealed unsafe class OneRowShap
{
    private const int Lanes = 4;

    private readonly TreeShap _shap;
    private readonly IReadOnlyList<ModelFeature> _features;
    private readonly Group[] _groups;
    private readonly int _most;

    /// <summary>How many bins of levels each feature has; behind them comes what is missing or no level.</summary>
    private readonly int[] _bins;

    /// <summary>For each condition, leaf after leaf: where its contribution belongs, and where it stands among those of the groups.</summary>
    private readonly (int Place, int At)[] _conditions;

    /// <param name="shap">The leaves, and what their steps multiply by.</param>
    /// <param name="features">The model's features.</param>
    public OneRowShap(TreeShap shap, IReadOnlyList<ModelFeature> features)
    {
        LeafPaths paths = shap.Paths;
        (_shap, _features, _most) = (shap, features, paths.MostConditions);
        _bins = [.. features.Select(feature => feature.LevelBins.Select(bin => bin + 1).DefaultIfEmpty().Max())];
        _conditions = new (int, int)[paths.Conditions.Count];
        _groups = [.. paths.Paths.Where(leaf => leaf.Count > 0).GroupBy(leaf => leaf.Count).OrderBy(length => length.Key)
            .SelectMany(length => length.Chunk(Lanes)).Select(leaves => new Group(leaves, paths, _bins))];
        foreach (Group group in _groups)
        {
            for (int lane = 0; lane < group.Leaves.Length; lane++)
                for (int i = 0; i < group.Length; i++)
                    _conditions[group.Leaves[lane].First + i] = (group.Leaves[lane].Output * (features.Count + 1) + paths.Conditions[group.Leaves[lane].First + i].Feature, Laid + i * Lanes + lane);
            Laid += group.Length * Lanes;
        }
    }

    /// <summary>Contributions of all groups, those of filled up lanes too.</summary>
    private int Laid { get; }

    /// <summary>Adds up the contributions of a row.</summary>
    /// <param name="row">A value a feature.</param>
    /// <param name="sums">Receives output after output, the features in order, with a free place behind each output's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Explain(ReadOnlySpan<float> row, Span<double> sums)
    {
        Vector256<double>* meets = stackalloc Vector256<double>[_most + 1], weights = stackalloc Vector256<double>[_most + 1];
        int* bins = stackalloc int[_features.Count];
        for (int feature = 0; feature < _features.Count; feature++)
            bins[feature] = _features[feature].LevelBins is var known && row[feature] >= 0 && row[feature] < known.Length ? known[(int)row[feature]] : _bins[feature];
        double[] contributions = ArrayPool<double>.Shared.Rent(Laid);
        fixed (double* laid = contributions)
        {
            double* target = laid;
            foreach (Group group in _groups)
            {
                for (int i = 0; i < group.Length; i++)
                    meets[i] = Meets(group, i * Lanes, row);
                foreach (ref readonly Choice choice in group.Choices.AsSpan())
                    ((long*)meets)[choice.At] = choice.Fits[bins[choice.Feature]];
                fixed (Vector256<double>* shares = group.Shares)
                {
                    Extend(group.Length, shares, meets, weights);
                    Contribute(group.Length, group.Values, shares, meets, weights, target);
                }
                target += group.Length * Lanes;
            }
            sums.Clear();
            foreach ((int place, int at) in _conditions)
                sums[place] += laid[at];
        }
        ArrayPool<double>.Shared.Return(contributions);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Extend(int conditions, Vector256<double>* shares, Vector256<double>* meets, Vector256<double>* weight)
    {
        weight[0] = Vector256<double>.One;
        for (int i = 0; i < conditions; i++)
        {
            int length = i + 1;
            Vector256<double> met = meets[i], share = shares[i];
            ReadOnlySpan<double> up = _shap.Ascend[length], down = _shap.Descend[length];
            weight[length] = Vector256<double>.Zero;
            for (int j = i; j >= 0; j--)
            {
                weight[j + 1] += met & (weight[j] * up[j]);
                weight[j] *= share * down[j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Contribute(int length, Vector256<double> values, Vector256<double>* shares, Vector256<double>* meets, Vector256<double>* weight, double* contributions)
    {
        ReadOnlySpan<double> up = _shap.Unwinding[length], down = _shap.Descend[length];
        Vector256<double> unmet = Vector256<double>.Zero;
        for (int j = 0; j < length; j++)
            unmet += weight[j] / down[j];
        unmet *= -values;
        for (int i = 0; i < length; i++)
        {
            Vector256<double> share = shares[i], next = weight[length], met = Vector256<double>.Zero;
            for (int j = length - 1; j >= 0; j--)
            {
                Vector256<double> part = next * up[j];
                met += part;
                next = weight[j] - part * (share * down[j]);
            }
            met *= (Vector256<double>.One - share) * values;
            Vector256.ConditionalSelect(meets[i], met, unmet).Store(contributions + i * Lanes);
        }
    }

    /// <summary>All bits set in the lanes whose condition the row meets, as far as it asks for no levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Meets(Group group, int at, ReadOnlySpan<float> row)
    {
        ReadOnlySpan<int> of = group.Features.AsSpan(at, Lanes);
        Vector128<float> value = Vector128.Create(row[of[0]], row[of[1]], row[of[2]], row[of[3]]);
        Vector128<float> fits = Vector128.GreaterThanOrEqual(value, Vector128.Create<float>(group.Lower.AsSpan(at, Lanes)))
            & ~Vector128.GreaterThanOrEqual(value, Vector128.Create<float>(group.Upper.AsSpan(at, Lanes)));
        Vector128<int> mask = (fits | (~Vector128.Equals(value, value) & Vector128.Create<int>(group.MissingFits.AsSpan(at, Lanes)).AsSingle())).AsInt32();
        return Vector256.Create(Vector128.WidenLower(mask), Vector128.WidenUpper(mask)).AsDouble();
    }

    /// <summary>A condition that asks for levels: its place among the lanes of its group, and all bits set for each bin that meets it.</summary>
    private readonly record struct Choice(int At, int Feature, long[] Fits);

    /// <summary>Up to four leaves of as many conditions, condition after condition, four lanes each.</summary>
    private sealed class Group
    {
        public Group(LeafPaths.Path[] leaves, LeafPaths paths, int[] bins)
        {
            (Length, Leaves) = (leaves[0].Count, leaves);
            LeafPaths.Path Lane(int lane) => leaves[Math.Min(lane, leaves.Length - 1)];
            LeafPaths.Condition[] laid = [.. Enumerable.Range(0, Length).SelectMany(i => Enumerable.Range(0, Lanes).Select(lane => paths.Conditions[Lane(lane).First + i]))];
            Features = [.. laid.Select(condition => condition.Feature)];
            Lower = [.. laid.Select(condition => condition.Lower)];
            Upper = [.. laid.Select(condition => condition.Upper)];
            MissingFits = [.. laid.Select(condition => condition.MissingFits ? -1 : 0)];
            Choices = [.. laid.Select((condition, at) => (condition, at)).Where(one => one.condition.Set != TreeNode.NoSet).Select(one => new Choice(one.at, one.condition.Feature,
                [.. Enumerable.Range(0, bins[one.condition.Feature]).Select(bin => paths.GoesRight(one.condition.Set, bin) ? -1L : 0), one.condition.MissingFits ? -1L : 0]))];
            double[] shares = [.. laid.Select(condition => condition.Share)];
            Shares = MemoryMarshal.Cast<double, Vector256<double>>(shares).ToArray();
            Values = Vector256.Create([.. Enumerable.Range(0, Lanes).Select(lane => Lane(lane).Value)]);
        }

        public int Length { get; }

        public LeafPaths.Path[] Leaves { get; }

        public int[] Features { get; }

        public float[] Lower { get; }

        public float[] Upper { get; }

        public int[] MissingFits { get; }

        public Choice[] Choices { get; }

        public Vector256<double>[] Shares { get; }

        public Vector256<double> Values { get; }
    }
}
