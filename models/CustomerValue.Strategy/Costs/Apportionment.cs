namespace CustomerValue.Strategy.Costs;

/// <summary>Splits a whole number of cents by weights so that the parts add up to it: the largest-remainder method.</summary>
internal static class Apportionment
{
    private const int Buckets = 1 << 16;

    /// <summary>Adds to each part its share of the whole, rounded down or up; those with the largest remainders are rounded up, ties by position.</summary>
    /// <param name="whole">Cents to split, 0 or more.</param>
    /// <param name="weights">Weights of 0 or more; one at least is above 0 unless the whole is 0. A weight of 0 gets nothing.</param>
    /// <param name="parts">Where the shares are added.</param>
    public static void Add(long whole, ReadOnlySpan<double> weights, Span<long> parts)
    {
        double sum = 0;
        int largest = 0, positive = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            if (weights[i] > 0)
                positive++;
            if (weights[i] > weights[largest])
                largest = i;
        }
        if (whole == 0)
            return;
        if (!(sum > 0))
            throw new ArgumentException("Nothing can be split where no weight is above 0.", nameof(weights));

        // Remainders are counted in narrow classes, so that only the class on the border needs sorting.
        int[] counts = new int[Buckets];
        long floors = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            double share = whole * (weights[i] / sum), floor = Math.Floor(share);
            floors += (long)floor;
            parts[i] += (long)floor;
            counts[Bucket(share - floor)]++;
        }
        long extra = whole - floors;
        if (extra < 0 || extra > positive)
        {
            // Beyond the precision of a double (above 2^53 cents): the largest part takes what is over.
            parts[largest] += extra;
            return;
        }
        int border = Buckets - 1;
        while (border >= 0 && extra > counts[border])
            extra -= counts[border--];

        List<(double Remainder, int Index)> onBorder = [];
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            double share = whole * (weights[i] / sum), remainder = share - Math.Floor(share);
            int bucket = Bucket(remainder);
            if (bucket > border)
                parts[i]++;
            else if (bucket == border)
                onBorder.Add((remainder, i));
        }
        onBorder.Sort((a, b) => a.Remainder != b.Remainder ? b.Remainder.CompareTo(a.Remainder) : a.Index.CompareTo(b.Index));
        for (int i = 0; i < extra; i++)
            parts[onBorder[i].Index]++;
    }

    private static int Bucket(double remainder) => (int)(remainder * Buckets);
}
