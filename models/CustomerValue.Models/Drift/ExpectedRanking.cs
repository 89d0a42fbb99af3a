namespace CustomerValue.Models.Drift;

/// <summary>What ranking quality to expect while outcomes are not in: estimated from the probabilities alone.</summary>
internal static class ExpectedRanking
{
    /// <summary>
    /// Area under the ROC curve that is expected if every probability is right: the sum of p(i) (1 - p(j)) over pairs where i is ranked above j, ties counted
    /// half, over the sum over all pairs. NaN where one of the classes is not expected at all.
    /// </summary>
    /// <remarks>Confidence-based performance estimation; it is as good as the probabilities are calibrated.</remarks>
    /// <param name="probability">Probabilities of the event, by which customers are ranked.</param>
    public static double AreaUnderCurve(ReadOnlySpan<double> probability)
    {
        double[] sorted = probability.ToArray();
        Array.Sort(sorted);
        double events = 0, others = 0, withSelf = 0, won = 0, below = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            double p = sorted[start], size = end - start;
            // Within a group of ties, every ordered pair of two customers counts half.
            won += size * p * below + 0.5 * size * (size - 1) * p * (1 - p);
            below += size * (1 - p);
            events += size * p;
            others += size * (1 - p);
            withSelf += size * p * (1 - p);
            start = end;
        }
        double pairs = events * others - withSelf;
        return pairs > 0 ? won / pairs : double.NaN;
    }

    /// <summary>Standard error of an area under the ROC curve.</summary>
    /// <remarks>Hanley and McNeil (1982), Radiology 143(1), equation 2.</remarks>
    /// <param name="area">The area.</param>
    /// <param name="events">Number of events, also as an expectation.</param>
    /// <param name="others">Number of non-events.</param>
    public static double StandardError(double area, double events, double others)
    {
        double q1 = area / (2 - area), q2 = 2 * area * area / (1 + area), square = area * area;
        return Math.Sqrt((area * (1 - area) + Math.Max(0, events - 1) * (q1 - square) + Math.Max(0, others - 1) * (q2 - square)) / (events * others));
    }
}
