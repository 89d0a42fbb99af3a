namespace CustomerValue.BuyTillYouDie;

/// <summary>Histories ready for fitting: sorted, alike rows merged into weights, times divided by the mean age.</summary>
/// <remarks>
/// Sorting makes the fit independent of the order of the customers to the last bit; a mean age of 1 makes it independent of the unit.
/// Columns of equal length; <c>XIndex[i]</c> points into <c>DistinctX</c>, so functions of x alone are tabulated once an evaluation.
/// </remarks>
internal sealed class CompressedHistories
{
    private CompressedHistories(double[] x, double[] tx, double[] age, double[] weight, double[]? logIntervals, double timeScale)
    {
        (X, Tx, Age, Weight, LogIntervals, TimeScale) = (x, tx, age, weight, logIntervals, timeScale);
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

    /// <summary>By row, the sum over its customers of the logarithms of their times between purchases; null when not known.</summary>
    public double[]? LogIntervals { get; }

    public int[] XIndex { get; }
    public double[] DistinctX { get; }
    public double TimeScale { get; }
    public double TotalWeight { get; }
    public double TotalPurchases { get; }
    public int Rows => X.Length;

    public static CompressedHistories From(PurchaseHistories histories)
    {
        if (histories.Count == 0) throw new InvalidHistoryException("There are no customers; a fit needs some.");
        Row[] rows = new Row[histories.Count];
        for (int i = 0; i < rows.Length; i++) rows[i] = RowOf(histories, i);
        return From(rows, !histories.LogIntervals.IsEmpty, null);
    }

    /// <summary>Some of the customers, times divided by a given scale.</summary>
    public static CompressedHistories From(PurchaseHistories histories, IEnumerable<int> members, double timeScale) =>
        From([.. members.Select(i => RowOf(histories, i))], !histories.LogIntervals.IsEmpty, timeScale);

    private static Row RowOf(PurchaseHistories histories, int i)
    {
        double weight = histories.Weights.IsEmpty ? 1 : histories.Weights[i];
        return new Row(histories.X[i], histories.Tx[i], histories.T[i], weight, histories.LogIntervals.IsEmpty ? 0 : weight * histories.LogIntervals[i]);
    }

    private static CompressedHistories From(Row[] rows, bool spaced, double? timeScale)
    {
        Array.Sort(rows);
        int count = 0;
        double weights = 0, ages = 0;
        foreach (Row row in rows)
        {
            weights += row.Weight;
            ages += row.Weight * row.Age;
            if (count > 0 && rows[count - 1].IsAlike(row)) rows[count - 1] = rows[count - 1].MergedWith(row);
            else rows[count++] = row;
        }
        double scale = timeScale ?? (ages > 0 ? ages / weights : 1);
        return Columns(rows.AsSpan(0, count), 0, 1, spaced, scale, scale);
    }

    /// <summary>Every n-th row, n as small as gives at most <paramref name="rows"/>: since rows are sorted, a sample stratified by x and T.</summary>
    public CompressedHistories Sample(int rows)
    {
        if (Rows <= rows) return this;
        int step = (Rows + rows - 1) / rows;
        Row[] all = new Row[Rows];
        for (int i = 0; i < all.Length; i++) all[i] = new Row(X[i], Tx[i], Age[i], Weight[i], LogIntervals?[i] ?? 0);
        return Columns(all, step / 2, step, LogIntervals is not null, 1, TimeScale);
    }

    private static CompressedHistories Columns(ReadOnlySpan<Row> rows, int first, int step, bool spaced, double divisor, double timeScale)
    {
        int count = (rows.Length - first + step - 1) / step;
        double[] x = new double[count], tx = new double[count], age = new double[count], weight = new double[count];
        double[]? logIntervals = spaced ? new double[count] : null;
        for (int i = 0; i < count; i++)
        {
            Row row = rows[first + i * step];
            (x[i], tx[i], age[i], weight[i]) = (row.X, row.Tx / divisor, row.Age / divisor, row.Weight);
            if (logIntervals is not null) logIntervals[i] = row.LogIntervals - row.Weight * row.X * Math.Log(divisor);
        }
        return new CompressedHistories(x, tx, age, weight, logIntervals, timeScale);
    }

    private readonly record struct Row(double X, double Tx, double Age, double Weight, double LogIntervals) : IComparable<Row>
    {
        public bool IsAlike(Row other) => X == other.X && Tx == other.Tx && Age == other.Age;

        public Row MergedWith(Row other) =>
            this with { Weight = Weight + other.Weight, LogIntervals = LogIntervals + other.LogIntervals };

        public int CompareTo(Row other) =>
            X != other.X ? X.CompareTo(other.X)
            : Age != other.Age ? Age.CompareTo(other.Age)
            : Tx != other.Tx ? Tx.CompareTo(other.Tx)
            : Weight != other.Weight ? Weight.CompareTo(other.Weight)
            : LogIntervals.CompareTo(other.LogIntervals);
    }
}
