namespace CustomerValue.BuyTillYouDie;

/// <summary>Histories ready for fitting: sorted, alike rows merged into weights, times divided by the mean age.</summary>
/// <remarks>
/// Sorting makes the fit independent of the order of the customers to the last bit; a mean age of 1 makes it independent of the unit.
/// Columns of equal length; <c>XIndex[i]</c> points into <c>DistinctX</c>, so functions of x alone are tabulated once an evaluation.
/// </remarks>
internal sealed class CompressedHistories
{
    private CompressedHistories(double[] x, double[] tx, double[] age, double[] weight, double timeScale)
    {
        (X, Tx, Age, Weight, TimeScale) = (x, tx, age, weight, timeScale);
        XIndex = new int[x.Length];
        List<double> distinct = [];
        for (int i = 0; i < x.Length; i++)
        {
            if (distinct.Count == 0 || x[i] != distinct[^1]) distinct.Add(x[i]);
            XIndex[i] = distinct.Count - 1;
            TotalWeight += weight[i];
            TotalPurchases += weight[i] * x[i];
        }
        DistinctX = [.. distinct];
    }

    public double[] X { get; }
    public double[] Tx { get; }
    public double[] Age { get; }
    public double[] Weight { get; }
    public int[] XIndex { get; }
    public double[] DistinctX { get; }
    public double TimeScale { get; }
    public double TotalWeight { get; }
    public double TotalPurchases { get; }
    public int Rows => X.Length;

    public static CompressedHistories From(PurchaseHistories histories)
    {
        int n = histories.Count;
        (double X, double Tx, double T, double Weight)[] rows = new (double, double, double, double)[n];
        double weights = 0, ages = 0;
        for (int i = 0; i < n; i++)
        {
            double weight = histories.Weights.IsEmpty ? 1 : histories.Weights[i];
            rows[i] = (histories.X[i], histories.Tx[i], histories.T[i], weight);
        }
        Array.Sort(rows, static (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.T != b.T ? a.T.CompareTo(b.T)
            : a.Tx != b.Tx ? a.Tx.CompareTo(b.Tx) : a.Weight.CompareTo(b.Weight));
        int count = 0;
        foreach ((double x, double tx, double age, double weight) in rows)
        {
            weights += weight;
            ages += weight * age;
            if (count > 0 && rows[count - 1] is var last && last.X == x && last.Tx == tx && last.T == age)
                rows[count - 1].Weight += weight;
            else
                rows[count++] = (x, tx, age, weight);
        }
        double scale = ages > 0 ? ages / weights : 1;
        double[] xs = new double[count], txs = new double[count], ts = new double[count], ws = new double[count];
        for (int i = 0; i < count; i++)
            (xs[i], txs[i], ts[i], ws[i]) = (rows[i].X, rows[i].Tx / scale, rows[i].T / scale, rows[i].Weight);
        return new CompressedHistories(xs, txs, ts, ws, scale);
    }

    /// <summary>Every n-th row, n as small as gives at most <paramref name="rows"/>: since rows are sorted, a sample stratified by x and T.</summary>
    public CompressedHistories Sample(int rows)
    {
        if (Rows <= rows) return this;
        int step = (Rows + rows - 1) / rows, count = (Rows - step / 2 + step - 1) / step;
        double[] xs = new double[count], txs = new double[count], ts = new double[count], ws = new double[count];
        for (int i = 0, source = step / 2; i < count; i++, source += step)
            (xs[i], txs[i], ts[i], ws[i]) = (X[source], Tx[source], Age[source], Weight[source]);
        return new CompressedHistories(xs, txs, ts, ws, TimeScale);
    }
}
