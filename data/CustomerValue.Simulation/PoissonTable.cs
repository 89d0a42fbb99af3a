namespace CustomerValue.Simulation;

/// <summary>The probabilities of a Poisson number, without the tails that do not matter.</summary>
internal sealed class PoissonTable
{
    private const double Tail = 1e-13;
    private const double LargestPlainMean = 300;
    private double[] _table = new double[64];
    private int _count;

    /// <summary>The number that the first probability belongs to; 0 unless the mean is large.</summary>
    public int First { get; private set; }

    /// <summary>Probabilities of <see cref="First"/>, First + 1, ...</summary>
    public ReadOnlySpan<double> Probabilities => _table.AsSpan(0, _count);

    /// <summary>Probability of <paramref name="n"/>; 0 in the tails.</summary>
    public double At(int n) => n < First || n - First >= _count ? 0 : _table[n - First];

    public void Compute(double mean)
    {
        if (mean > LargestPlainMean)
        {
            ComputeAroundMode(mean);
            return;
        }

        First = 0;
        double term = DeterministicMath.Exp(-mean);
        double cumulative = term;
        _table[0] = term;
        int n = 1;
        while (cumulative < 1 - Tail && n < 1000)
        {
            if (n == _table.Length)
                Array.Resize(ref _table, n * 2);
            term *= mean / n;
            cumulative += term;
            _table[n++] = term;
        }

        _count = n;
    }

    /// <summary>exp(-mean) would vanish: weights relative to the mode, ten deviations to both sides, scaled to sum 1.</summary>
    private void ComputeAroundMode(double mean)
    {
        int mode = (int)mean;
        int reach = (int)(10 * Math.Sqrt(mean));
        _count = 2 * reach + 1;
        First = mode - reach;
        if (_table.Length < _count)
            Array.Resize(ref _table, _count);
        _table[reach] = 1;
        double sum = 1;
        for (int i = 1; i <= reach; i++)
        {
            sum += _table[reach + i] = _table[reach + i - 1] * mean / (mode + i);
            sum += _table[reach - i] = _table[reach - i + 1] * (mode - i + 1) / mean;
        }

        for (int i = 0; i < _count; i++)
            _table[i] /= sum;
    }
}
