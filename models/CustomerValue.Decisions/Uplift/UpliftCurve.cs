namespace CustomerValue.Decisions.Uplift;

/// <summary>
/// What targeting by a score would bring, from the best scored downwards (Radcliffe 2007). With R the sum of outcomes and N the number of treated (t) and control (c) among the share phi
/// of highest scores, g(phi) = (R_t - R_c N_t / N_c) / all treated: the outcome gained per treated customer. Customers of equal score come together, so that the order of rows does
/// not matter; each row may count several times or not at all, as resampling wants it, and for the inverse of the probability of its arm.
/// </summary>
internal sealed class UpliftCurve
{
    private readonly int[] _order, _ends;
    private readonly bool[] _treated;
    private readonly double[] _outcome, _weight;

    /// <summary>A curve.</summary>
    /// <param name="score">Score of each row, the highest are treated first.</param>
    /// <param name="treated">Whether each row was treated.</param>
    /// <param name="outcome">Outcome of each row.</param>
    /// <param name="weight">Weight of each row; above 0.</param>
    public UpliftCurve(double[] score, bool[] treated, double[] outcome, double[] weight)
    {
        double[] keys = Array.ConvertAll(score, value => -value);
        _order = [.. Enumerable.Range(0, score.Length)];
        Array.Sort(keys, _order);
        List<int> ends = [];
        for (int place = 1; place <= keys.Length; place++)
            if (place == keys.Length || keys[place] != keys[place - 1])
                ends.Add(place);
        _ends = [.. ends];
        _treated = Array.ConvertAll(_order, row => treated[row]);
        _outcome = Array.ConvertAll(_order, row => outcome[row]);
        _weight = Array.ConvertAll(_order, row => weight[row]);
    }

    /// <summary>Figures of the curve.</summary>
    /// <param name="times">How often each row counts; empty for once.</param>
    public CurveFigures Of(ReadOnlySpan<byte> times)
    {
        double all = 0, allTreated = 0;
        for (int place = 0; place < _order.Length; place++)
        {
            double weight = Weight(place, times);
            all += weight;
            allTreated += _treated[place] ? weight : 0;
        }
        Span<double> shares = stackalloc double[CurveFigures.Shares.Length], uplifts = stackalloc double[CurveFigures.Shares.Length];
        CurveFigures.Shares.AsSpan().CopyTo(shares);
        double treated = 0, control = 0, ofTreated = 0, ofControl = 0, phi = 0, gain = 0, area = 0;
        int start = 0, next = 0;
        foreach (int end in _ends)
        {
            double moreTreated = 0, moreControl = 0, moreOfTreated = 0, moreOfControl = 0;
            for (int place = start; place < end; place++)
            {
                double weight = Weight(place, times);
                if (_treated[place])
                    (moreTreated, moreOfTreated) = (moreTreated + weight, moreOfTreated + weight * _outcome[place]);
                else
                    (moreControl, moreOfControl) = (moreControl + weight, moreOfControl + weight * _outcome[place]);
            }
            double step = (moreTreated + moreControl) / all;
            // A share within customers of equal score takes its part of all of them.
            while (next < shares.Length && step > 0 && phi + step >= shares[next] - 1e-12)
            {
                double part = Math.Min(1, (shares[next] - phi) / step);
                uplifts[next] = (ofTreated + part * moreOfTreated) / (treated + part * moreTreated) - (ofControl + part * moreOfControl) / (control + part * moreControl);
                next++;
            }
            (treated, control, ofTreated, ofControl) = (treated + moreTreated, control + moreControl, ofTreated + moreOfTreated, ofControl + moreOfControl);
            double now = control > 0 ? (ofTreated - ofControl * treated / control) / allTreated : 0;
            area += step * (gain + now) / 2;
            (phi, gain, start) = (phi + step, now, end);
        }
        return new CurveFigures(area, area - gain / 2, gain, uplifts.ToArray());
    }

    private double Weight(int place, ReadOnlySpan<byte> times) => times.IsEmpty ? _weight[place] : _weight[place] * times[_order[place]];
}

/// <summary>Figures of an uplift curve g over the share of customers treated.</summary>
/// <param name="Auuc">Area under g.</param>
/// <param name="Qini">Area between g and the straight line to its end, which treating by chance gives.</param>
/// <param name="Average">g at the end: the mean effect.</param>
/// <param name="AtShare">Mean of treated less mean of control among the <see cref="Shares"/> of highest scores.</param>
internal sealed record CurveFigures(double Auuc, double Qini, double Average, double[] AtShare)
{
    /// <summary>Shares of customers at which uplift is stated.</summary>
    public static readonly double[] Shares = [0.1, 0.2, 0.3, 0.5];
}
