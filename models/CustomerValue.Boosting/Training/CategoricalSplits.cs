namespace CustomerValue.Boosting;

/// <summary>Finds the best set of levels of one categorical feature in one leaf.</summary>
/// <remarks>Levels ordered by gradient over hessian need only be cut once (Fisher 1958; LightGBM's smoothing of rare levels). With many levels the best cut of
/// an order learnt from the same rows is partly chance, so, as in LightGBM, a set is taken from either end of the order, of at most 32 levels and half of those present; cuts lie a weight apart;
/// and levels that weigh too little are left with the rest. Missing values are one more level. Up to four levels are tried one against the rest.</remarks>
internal sealed unsafe class CategoricalSplits(SplitFinder finder, BoosterOptions options)
{
    private const int Words = 4, OneAgainstRest = 4, MostInSet = 32;

    /// <summary>In units of the smoothing: the least weight of a level that is ordered, and of the levels between two cuts.</summary>
    /// <remarks>At the default and even odds, a hessian of one quarter a row, about LightGBM's 10 and 100 rows.</remarks>
    private const double LeastLevel = 0.2, LeastBetweenCuts = 2;

    private readonly double _smoothing = options.CategorySmoothing;
    private readonly double _extraLambda = options.CategoryLambda;

    public void Search(long* cells, int bins, int feature, in LeafSums leaf, GradientPairs pairs, bool bounded, ref SplitCandidate best)
    {
        Span<int> order = stackalloc int[bins + 1];
        Span<double> ratio = stackalloc double[bins + 1];
        int present = 0;
        for (int bin = 0; bin <= bins; bin++)
            if (cells[2 * bin + 1] != 0)
                order[present++] = bin;
        if (present < 2)
            return;
        order = order[..present];
        if (present <= OneAgainstRest)
        {
            for (int place = 0; place < present; place++)
                Try(order.Slice(place, 1), order, cells[2 * order[place]], cells[2 * order[place] + 1], 0, bins, feature, leaf, pairs, bounded, ref best);
            return;
        }
        Span<int> sorted = stackalloc int[present];
        int heavy = 0;
        foreach (int bin in order)
        {
            double hessian = cells[2 * bin + 1] * pairs.HessianUnit;
            if (hessian < LeastLevel * _smoothing)
                continue;
            sorted[heavy] = bin;
            ratio[heavy++] = cells[2 * bin] * pairs.GradientUnit / (hessian + _smoothing);
        }
        sorted = sorted[..heavy];
        ratio[..heavy].Sort(sorted);
        int most = Math.Min(MostInSet, (heavy + 1) / 2);
        for (int end = 0; end < 2; end++)
        {
            long gradient = 0, hessian = 0, atLastCut = 0;
            for (int place = 0; place < most; place++)
            {
                int bin = sorted[end == 0 ? place : heavy - 1 - place];
                gradient += cells[2 * bin];
                hessian += cells[2 * bin + 1];
                if ((leaf.Hessian - hessian) * pairs.HessianUnit < LeastBetweenCuts * _smoothing)
                    break;
                if ((hessian - atLastCut) * pairs.HessianUnit < LeastBetweenCuts * _smoothing)
                    continue;
                atLastCut = hessian;
                Try(end == 0 ? sorted[..(place + 1)] : sorted[(heavy - 1 - place)..], order, gradient, hessian, _extraLambda, bins, feature, leaf, pairs, bounded, ref best);
            }
        }
    }

    private void Try(ReadOnlySpan<int> set, ReadOnlySpan<int> present, long gradient, long hessian, double extra, int bins, int feature, in LeafSums leaf, GradientPairs pairs, bool bounded, ref SplitCandidate best)
    {
        double parent = finder.Score(leaf.Gradient * pairs.GradientUnit, leaf.Hessian * pairs.HessianUnit, 0);
        double gain = Gain(gradient, hessian, leaf, pairs, extra) - parent;
        if (!finder.Worth(gain, parent) || gain < best.Gain || (gain == best.Gain && feature >= best.Feature))
            return;
        if (bounded && !WithinBounds(gradient, hessian, leaf, pairs, extra))
            return;
        best = new SplitCandidate { Gain = gain, Feature = feature, LeftGradient = gradient, LeftHessian = hessian, ExtraLambda = extra };
        Describe(ref best, set, present, bins, leaf);
    }

    private double Gain(long gradient, long hessian, in LeafSums leaf, GradientPairs pairs, double extra)
    {
        double hl = hessian * pairs.HessianUnit, hr = (leaf.Hessian - hessian) * pairs.HessianUnit;
        if (!finder.HeavyEnough(hl) || !finder.HeavyEnough(hr))
            return double.NegativeInfinity;
        return finder.Score(gradient * pairs.GradientUnit, hl, extra) + finder.Score((leaf.Gradient - gradient) * pairs.GradientUnit, hr, extra);
    }

    /// <summary>Within bounds set by monotone features a split by levels is taken only where neither side would be clamped.</summary>
    private bool WithinBounds(long gradient, long hessian, in LeafSums leaf, GradientPairs pairs, double extra)
    {
        double left = finder.Value(gradient * pairs.GradientUnit, hessian * pairs.HessianUnit, extra);
        double right = finder.Value((leaf.Gradient - gradient) * pairs.GradientUnit, (leaf.Hessian - hessian) * pairs.HessianUnit, extra);
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
