namespace CustomerValue.Boosting;

/// <summary>Draws rows and columns by hashing seed, round and number: the same draw whoever asks, in whatever order.</summary>
internal sealed class RowSampler(int seed, double share)
{
    public bool TakesAll => share >= 1;

    public bool Takes(int round, int row) => TakesAll | Uniform(seed, round, row) < share;

    /// <summary>Marks <c>max(1, round(share * features))</c> features, drawn without replacement.</summary>
    public static bool[] DrawColumns(int seed, int tree, int features, double share)
    {
        bool[] drawn = new bool[features];
        int wanted = Math.Max(1, (int)Math.Round(share * features));
        double[] keys = new double[features];
        int[] order = new int[features];
        for (int feature = 0; feature < features; feature++)
            (keys[feature], order[feature]) = (Uniform(~seed, tree, feature), feature);
        Array.Sort(keys, order);
        foreach (int feature in order.AsSpan(0, wanted))
            drawn[feature] = true;
        return drawn;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014) of the three numbers, as a number from 0 to 1.</summary>
    internal static double Uniform(int seed, int round, int item)
    {
        ulong state = Mix(Mix((uint)seed * 0x9E37_79B9_7F4A_7C15UL + (uint)round) + (uint)item);
        return (state >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15UL;
        state = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        state = (state ^ (state >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return state ^ (state >> 31);
    }
}
