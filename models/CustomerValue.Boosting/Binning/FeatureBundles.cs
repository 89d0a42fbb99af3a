namespace CustomerValue.Boosting;

/// <summary>Puts features that are never outside their usual bins in the same row into one byte column.</summary>
/// <remarks>Ke et al. (2017), algorithm 3, with no conflict allowed: the feature with most unusual rows first, into the first column that has room.
/// One-hot columns of one field end up together.</remarks>
internal static class FeatureBundles
{
    /// <summary>Codes of a byte beside the 0 of rows where all features are in their usual bins.</summary>
    private const int MostCodes = 255;

    /// <summary>Bundles that are tried for a feature, the latest ones.</summary>
    private const int MostTried = 100;

    /// <summary>Columns of one feature or several, in the order of their first features.</summary>
    /// <param name="sparse">Features that may share a column; null for those that may not.</param>
    /// <param name="features">Their bins.</param>
    /// <param name="rows">Rows of the table.</param>
    public static int[][] Find(SparseBins?[] sparse, FeatureBins[] features, int rows)
    {
        List<Bundle> bundles = [];
        foreach (int feature in Enumerable.Range(0, sparse.Length).Where(feature => sparse[feature] is not null).OrderByDescending(feature => sparse[feature]!.Rows.Length))
        {
            SparseBins bins = sparse[feature]!;
            int codes = Codes(bins, features[feature]);
            Bundle? room = bundles.Skip(bundles.Count - MostTried).FirstOrDefault(bundle => bundle.Codes + codes <= MostCodes && bundle.IsFree(bins.Rows));
            if (room is null)
                bundles.Add(room = new(rows));
            room.Add(feature, codes, bins.Rows);
        }
        IEnumerable<int[]> alone = Enumerable.Range(0, sparse.Length).Where(feature => sparse[feature] is null).Select(feature => new[] { feature });
        return [.. alone.Concat(bundles.Select(bundle => bundle.Features.Order().ToArray())).OrderBy(column => column[0])];
    }

    /// <summary>Each feature's place in the columns.</summary>
    public static FeaturePlace[] Places(int[][] columns, SparseBins?[] sparse, FeatureBins[] features)
    {
        FeaturePlace[] places = new FeaturePlace[sparse.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            if (columns[column] is [int alone])
            {
                places[alone] = FeaturePlace.Alone(column);
                continue;
            }
            int first = 1;
            foreach (int feature in columns[column])
            {
                int codes = Codes(sparse[feature]!, features[feature]);
                places[feature] = new(column, first, codes, sparse[feature]!.Usual);
                first += codes;
            }
        }
        return places;
    }

    /// <summary>A code a bin but the usual one; the bin of missing values, the last, takes none where nothing is missing.</summary>
    private static int Codes(SparseBins bins, FeatureBins feature) =>
        feature.Count - (bins.Usual == feature.Missing || bins.Bins.Contains((byte)feature.Missing) ? 0 : 1);

    private sealed class Bundle(int rows)
    {
        private readonly ulong[] _taken = new ulong[(rows + 63) / 64];

        public List<int> Features { get; } = [];

        public int Codes { get; private set; }

        public bool IsFree(int[] rows)
        {
            foreach (int row in rows)
                if (((_taken[row >> 6] >> row) & 1) != 0)
                    return false;
            return true;
        }

        public void Add(int feature, int codes, int[] rows)
        {
            Features.Add(feature);
            Codes += codes;
            foreach (int row in rows)
                _taken[row >> 6] |= 1UL << row;
        }
    }
}
