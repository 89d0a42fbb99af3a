using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CustomerValue.Boosting;

/// <summary>The SHAP values of one row, eight leaves at a time: <see cref="TreeShap"/> turned round for where there are no eight rows.</summary>
/// <remarks>
/// Leaves of as many conditions stand side by side, the last ones of each length filled up with copies that count for nothing. Every lane takes the steps that a row takes in
/// <see cref="TreeShap"/>, and contributions are added up in the order of the leaves, so that the values are equal to the last bit.
/// </remarks>
internal sealed class OneRowShap
{
    private const int Lanes = 8;

    private readonly LeafPaths _paths;
    private readonly IReadOnlyList<ModelFeature> _features;
    private readonly Group[] _groups;
    private readonly int[] _places;
    private readonly int _most;

    /// <param name="paths">The leaves.</param>
    /// <param name="features">The model's features.</param>
    public OneRowShap(LeafPaths paths, IReadOnlyList<ModelFeature> features)
    {
        (_paths, _features, _most) = (paths, features, paths.MostConditions);
        _places = new int[paths.Conditions.Count];
        foreach (LeafPaths.Path leaf in paths.Paths)
            for (int i = leaf.First; i < leaf.First + leaf.Count; i++)
                _places[i] = leaf.Output * (features.Count + 1) + paths.Conditions[i].Feature;
        _groups = [.. paths.Paths.Where(leaf => leaf.Count > 0).GroupBy(leaf => leaf.Count).OrderBy(length => length.Key)
            .SelectMany(length => length.Chunk(Lanes)).Select(leaves => new Group(leaves, paths.Conditions))];
    }

    /// <summary>Adds up the contributions of a row.</summary>
    /// <param name="row">A value a feature.</param>
    /// <param name="sums">Receives output after output, the features in order, with a free place behind each output's.</param>
    public void Explain(ReadOnlySpan<float> row, Span<double> sums)
    {
        Vector512<double>[] meets = new Vector512<double>[_most], weights = new Vector512<double>[_most + 1];
        double[] contributions = new double[_places.Length];
        foreach (Group group in _groups)
        {
            for (int i = 0; i < group.Length; i++)
                meets[i] = Meets(group, i * Lanes, row);
            Extend(group, meets, weights);
            Contribute(group, meets, weights, contributions);
        }
        sums.Clear();
        for (int i = 0; i < contributions.Length; i++)
            sums[_places[i]] += contributions[i];
    }

    private static void Extend(Group group, Vector512<double>[] meets, Vector512<double>[] weight)
    {
        weight[0] = Vector512<double>.One;
        for (int i = 0; i < group.Length; i++)
        {
            int length = i + 1;
            Vector512<double> met = meets[i], share = group.Shares[i];
            weight[length] = Vector512<double>.Zero;
            for (int j = i; j >= 0; j--)
            {
                weight[j + 1] += met & (weight[j] * ((j + 1.0) / (length + 1)));
                weight[j] *= share * ((double)(length - j) / (length + 1));
            }
        }
    }

    private static void Contribute(Group group, Vector512<double>[] meets, Vector512<double>[] weight, double[] contributions)
    {
        int length = group.Length;
        Vector512<double> unmet = Vector512<double>.Zero;
        for (int j = 0; j < length; j++)
            unmet += weight[j] / ((double)(length - j) / (length + 1));
        unmet *= -group.Values;
        for (int i = 0; i < length; i++)
        {
            Vector512<double> share = group.Shares[i], next = weight[length], met = Vector512<double>.Zero;
            for (int j = length - 1; j >= 0; j--)
            {
                Vector512<double> part = next * ((length + 1.0) / (j + 1));
                met += part;
                next = weight[j] - part * (share * ((double)(length - j) / (length + 1)));
            }
            met *= (Vector512<double>.One - share) * group.Values;
            Vector512<double> own = Vector512.ConditionalSelect(meets[i], met, unmet);
            for (int lane = 0; lane < group.Leaves; lane++)
                contributions[group.First[lane] + i] = own[lane];
        }
    }

    /// <summary>All bits set in the lanes whose condition the row meets.</summary>
    private Vector512<double> Meets(Group group, int at, ReadOnlySpan<float> row)
    {
        ReadOnlySpan<int> of = group.Features.AsSpan(at, Lanes);
        Vector256<float> value = Vector256.Create(row[of[0]], row[of[1]], row[of[2]], row[of[3]], row[of[4]], row[of[5]], row[of[6]], row[of[7]]);
        Vector256<float> fits = Vector256.GreaterThanOrEqual(value, Vector256.Create<float>(group.Lower.AsSpan(at, Lanes)))
            & ~Vector256.GreaterThanOrEqual(value, Vector256.Create<float>(group.Upper.AsSpan(at, Lanes)));
        Vector256<int> mask = (fits | (~Vector256.Equals(value, value) & Vector256.Create<int>(group.MissingFits.AsSpan(at, Lanes)).AsSingle())).AsInt32();
        if (group.HasSets)
            for (int lane = 0; lane < Lanes; lane++)
                if (group.Sets[at + lane] != TreeNode.NoSet)
                    mask = mask.WithElement(lane, MeetsSet(of[lane], group.Sets[at + lane], group.MissingFits[at + lane], row[of[lane]]));
        return Vector512.Create(Vector256.WidenLower(mask), Vector256.WidenUpper(mask)).AsDouble();
    }

    private int MeetsSet(int feature, int set, int missingFits, float value)
    {
        byte[] bins = _features[feature].LevelBins;
        return value >= 0 && value < bins.Length ? (_paths.GoesRight(set, bins[(int)value]) ? -1 : 0) : missingFits;
    }

    /// <summary>Up to eight leaves of as many conditions, condition after condition, eight lanes each.</summary>
    private sealed class Group
    {
        public Group(LeafPaths.Path[] leaves, IReadOnlyList<LeafPaths.Condition> conditions)
        {
            (Length, Leaves) = (leaves[0].Count, leaves.Length);
            First = [.. leaves.Select(leaf => leaf.First)];
            LeafPaths.Path Lane(int lane) => leaves[Math.Min(lane, leaves.Length - 1)];
            LeafPaths.Condition[] laid = [.. Enumerable.Range(0, Length).SelectMany(i => Enumerable.Range(0, Lanes).Select(lane => conditions[Lane(lane).First + i]))];
            Features = [.. laid.Select(condition => condition.Feature)];
            Lower = [.. laid.Select(condition => condition.Lower)];
            Upper = [.. laid.Select(condition => condition.Upper)];
            MissingFits = [.. laid.Select(condition => condition.MissingFits ? -1 : 0)];
            Sets = [.. laid.Select(condition => condition.Set)];
            HasSets = Sets.Any(set => set != TreeNode.NoSet);
            double[] shares = [.. laid.Select(condition => condition.Share)];
            Shares = MemoryMarshal.Cast<double, Vector512<double>>(shares).ToArray();
            Values = Vector512.Create([.. Enumerable.Range(0, Lanes).Select(lane => Lane(lane).Value)]);
        }

        public int Length { get; }

        public int Leaves { get; }

        /// <summary>Each leaf's first condition among all.</summary>
        public int[] First { get; }

        public int[] Features { get; }

        public float[] Lower { get; }

        public float[] Upper { get; }

        public int[] MissingFits { get; }

        public int[] Sets { get; }

        public bool HasSets { get; }

        public Vector512<double>[] Shares { get; }

        public Vector512<double> Values { get; }
    }
}
