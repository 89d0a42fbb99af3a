namespace CustomerValue.Decisions.Experiments;

/// <summary>
/// Compares arms to which customers were assigned at random within strata: differences of means within each stratum, weighted by the stratum's share of all customers
/// (Imbens and Rubin 2015, chapter 9), so that every arm speaks of the same customers.
/// </summary>
/// <remarks>
/// A covariate known before the start takes out what it explains (CUPED: Deng, Xu, Kohavi and Walker 2013, equation 4): outcomes are adjusted by theta (x - mean of x) with
/// theta from all customers within arms and strata, so that the variance falls by the square of their correlation and nothing is added to the difference but noise that averages out.
/// Strata in which an arm has fewer than two customers are taken together; where an arm still has fewer than two of them, they join the last stratum.
/// </remarks>
public sealed class StratifiedComparison
{
    private readonly int[] _arms, _strata;
    private readonly int _armCount, _stratumCount;

    /// <summary>A comparison of assigned customers.</summary>
    /// <param name="arms">Arm of each customer, 0 to <paramref name="armCount"/> - 1; -1 for customers left aside.</param>
    /// <param name="armCount">Number of arms.</param>
    /// <param name="strata">Stratum of each customer, from 0.</param>
    public StratifiedComparison(int[] arms, int armCount, int[] strata)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(strata.Length, arms.Length);
        (_arms, _armCount) = (arms, armCount);
        (_strata, _stratumCount) = Merge(arms, armCount, strata);
    }

    /// <summary>Treated less control, per customer.</summary>
    /// <param name="outcome">Outcome of each customer.</param>
    /// <param name="treated">The arm.</param>
    /// <param name="control">The arm it is compared with.</param>
    /// <param name="covariate">Something known before the start, such as the forecast; null for none.</param>
    /// <returns>Null where an arm has fewer than two customers.</returns>
    public Estimate? Compare(double[] outcome, int treated, int control, double[]? covariate = null)
    {
        double[] weights = new double[_armCount];
        (weights[treated], weights[control]) = (1, -1);
        return Contrast(outcome, weights, covariate);
    }

    /// <summary>A weighted sum of the arms' means, such as a main effect of a factor.</summary>
    /// <param name="outcome">Outcome of each customer.</param>
    /// <param name="weights">Weight of each arm; they sum to 0 where a difference is meant.</param>
    /// <param name="covariate">Something known before the start, such as the forecast; null for none. Only for differences.</param>
    /// <returns>Null where an arm with a weight has fewer than two customers.</returns>
    public Estimate? Contrast(double[] outcome, double[] weights, double[]? covariate = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, _armCount);
        Moments[] moments = new Moments[_stratumCount * _armCount];
        for (int i = 0; i < _arms.Length; i++)
            if (_arms[i] >= 0)
                moments[_strata[i] * _armCount + _arms[i]].Add(outcome[i], covariate?[i] ?? 0);
        double theta = Theta(moments), all = 0, sum = 0, variance = 0;
        for (int s = 0; s < _stratumCount; s++)
        {
            double size = 0, difference = 0, error = 0;
            bool enough = true;
            for (int a = 0; a < _armCount; a++)
            {
                Moments cell = moments[s * _armCount + a];
                size += cell.Count;
                if (weights[a] == 0)
                    continue;
                enough &= cell.Count >= 2;
                difference += weights[a] * (cell.MeanY - theta * cell.MeanX);
                error += weights[a] * weights[a] * cell.VarianceOf(theta) / Math.Max(1, cell.Count);
            }
            if (!enough)
                continue;
            all += size;
            sum += size * difference;
            variance += size * size * error;
        }
        return all > 0 ? new Estimate(sum / all, Math.Sqrt(variance) / all) : null;
    }

    /// <summary>Mean outcome of an arm, its strata weighted as in <see cref="Compare"/>.</summary>
    public double Mean(double[] outcome, int arm)
    {
        double[] sums = new double[_stratumCount], counts = new double[_stratumCount], sizes = new double[_stratumCount];
        for (int i = 0; i < _arms.Length; i++)
        {
            if (_arms[i] < 0)
                continue;
            sizes[_strata[i]]++;
            if (_arms[i] != arm)
                continue;
            counts[_strata[i]]++;
            sums[_strata[i]] += outcome[i];
        }
        double all = 0, mean = 0;
        for (int s = 0; s < _stratumCount; s++)
        {
            if (counts[s] == 0)
                continue;
            all += sizes[s];
            mean += sizes[s] * sums[s] / counts[s];
        }
        return all > 0 ? mean / all : double.NaN;
    }

    private static double Theta(Moments[] moments)
    {
        double together = 0, own = 0;
        foreach (Moments cell in moments)
        {
            together += cell.XY;
            own += cell.XX;
        }
        return own > 0 ? together / own : 0;
    }

    /// <summary>Strata that are too small for an arm that has customers at all become one; where even that is too small, everything is one stratum.</summary>
    private static (int[] Strata, int Count) Merge(int[] arms, int armCount, int[] strata)
    {
        int count = strata.Length == 0 ? 1 : strata.Max() + 1;
        int[,] sizes = new int[count, armCount];
        for (int i = 0; i < arms.Length; i++)
            if (arms[i] >= 0)
                sizes[strata[i], arms[i]]++;
        bool[] used = [.. Enumerable.Range(0, armCount).Select(a => Enumerable.Range(0, count).Any(s => sizes[s, a] > 0))];
        bool IsSmall(int s) => Enumerable.Range(0, armCount).Any(a => used[a] && sizes[s, a] < 2);
        int[] small = [.. Enumerable.Range(0, count).Where(IsSmall)];
        bool restIsSmall = small.Length > 0 && Enumerable.Range(0, armCount).Any(a => used[a] && small.Sum(s => sizes[s, a]) < 2);
        int[] names = new int[count];
        int next = 0, rest = -1;
        for (int s = 0; s < count; s++)
            names[s] = !IsSmall(s) ? next++ : -1;
        foreach (int s in small)
            names[s] = restIsSmall && next > 0 ? next - 1 : rest < 0 ? rest = next++ : rest;
        return (Array.ConvertAll(strata, s => names[s]), Math.Max(next, 1));
    }

    /// <summary>Means and centred sums of outcome (y) and covariate (x), gathered one by one (Welford 1962).</summary>
    private struct Moments
    {
        public int Count;
        public double MeanX, MeanY, XX, XY, YY;

        public void Add(double y, double x)
        {
            Count++;
            double dx = x - MeanX, dy = y - MeanY;
            MeanX += dx / Count;
            MeanY += dy / Count;
            XX += dx * (x - MeanX);
            XY += dx * (y - MeanY);
            YY += dy * (y - MeanY);
        }

        public readonly double VarianceOf(double theta) => Count < 2 ? 0 : Math.Max(0, YY - 2 * theta * XY + theta * theta * XX) / (Count - 1);
    }
}
