namespace CustomerValue.Boosting;

/// <summary>Finds the best set of levels of one categorical feature in one leaf.</summary>
/// <remarks>Levels ordered by gradient over hessian need only be cut once (Fisher 1958; LightGBM's smoothing of rare levels). Missing values are
/// one more level. Up to four levels are tried one against the rest.</remarks>
internal sealed unsafe class CategoricalSplits(SplitFinder finder, BoosterOptions options)
{
    private const int Words = 4, OneAgainstRest = 4;

    private readonly double _smoothing = options.CategorySmoothing;
    private readonly double _extraLambda = options.CategoryLambda;

    public void Search(long* cells, int bins, int feature, in LeafSums leaf, GradientPairs pairs, bool bounded, ref SplitCandidate best)
    {
        Span<int> order = stackalloc int[bins + 1];
        Span<double> ratio = stackalloc double[bins + 1];
        int present = 0;
        for (int bin = 0; bin <= bins; bin++)
        {
            if (cells[2 * bin + 1] == 0)
                continue;
            order[present] = bin;
            ratio[present++] = cells[2 * bin] * pairs.GradientUnit / (cells[2 * bin + 1] * pairs.HessianUnit + _smoothing);
        }
        if (present < 2)
            return;
        order = order[..present];
        bool few = present <= OneAgainstRest;
        double parent = finder.Score(leaf.Gradient * pairs.GradientUnit, leaf.Hessian * pairs.HessianUnit, 0);
        if (!few)
            ratio[..present].Sort(order);
        long gradient = 0, hessian = 0;
        for (int place = 0; place < (few ? present : present - 1); place++)
        {
            long* cell = cells + 2 * order[place];
            gradient = few ? cell[0] : gradient + cell[0];
            hessian = few ? cell[1] : hessian + cell[1];
            double gain = Gain(gradient, hessian, leaf, pairs, few ? 0 : _extraLambda) - parent;
            if (!finder.Worth(gain, parent) || gain < best.Gain || (gain == best.Gain && feature >= best.Feature))
                continue;
            if (bounded && !WithinBounds(gradient, hessian, leaf, pairs))
                continue;
            best = new SplitCandidate { Gain = gain, Feature = feature, LeftGradient = gradient, LeftHessian = hessian };
            Describe(ref best, few ? order.Slice(place, 1) : order[..(place + 1)], order, bins, leaf);
        }
    }

    private double Gain(long gradient, long hessian, in LeafSums leaf, GradientPairs pairs, double extra)
    {
        double hl = hessian * pairs.HessianUnit, hr = (leaf.Hessian - hessian) * pairs.HessianUnit;
        if (!finder.HeavyEnough(hl) || !finder.HeavyEnough(hr))
            return double.NegativeInfinity;
        return finder.Score(gradient * pairs.GradientUnit, hl, extra) + finder.Score((leaf.Gradient - gradient) * pairs.GradientUnit, hr, extra);
    }

    /// <summary>Within bounds set by monotone features a split by levels is taken only where neither side would be clamped.</summary>
    private bool WithinBounds(long gradient, long hessian, in LeafSums leaf, GradientPairs pairs)
    {
        double left = finder.Value(gradient * pairs.GradientUnit, hessian * pairs.HessianUnit);
        double right = finder.Value((leaf.Gradient - gradient) * pairs.GradientUnit, (leaf.Hessian - hessian) * pairs.HessianUnit);
        return left >= leaf.Lower && left <= leaf.Upper && right >= leaf.Lower && right <= leaf.Upper;
    }

    /// <summary>Levels absent from this leaf go with the missing, and these, where absent themselves, with the heavier side.</summary>
    private static void Describe(ref SplitCandidate split, ReadOnlySpan<int> left, ReadOnlySpan<int> present, int missing, in LeafSums leaf)
    {
        split.MissingLeft = present.Contains(missing) ? left.Contains(missing) : 2 * split.LeftHessian > leaf.Hessian;
        ulong[] right = new ulong[Words];
        if (!split.MissingLeft)
            Array.Fill(right, ulong.MaxValue);
        foreach (int bin in present)
            if (bin != missing)
                right[bin >> 6] |= 1UL << (bin & 63);
        foreach (int bin in left)
            if (bin != missing)
                right[bin >> 6] &= ~(1UL << (bin & 63));
        split.RightBins = right;
    }
}
