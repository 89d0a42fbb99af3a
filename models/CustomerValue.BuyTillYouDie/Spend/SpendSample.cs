namespace CustomerValue.BuyTillYouDie;

/// <summary>Customers fit for a spend model: purchases and mean spends above 0, means divided by their mean.</summary>
internal sealed class SpendSample
{
    private SpendSample(double[] x, double[] mean, double scale, List<FitFinding> findings) =>
        (X, Mean, Scale, Findings) = (x, mean, scale, findings);

    public double[] X { get; }
    public double[] Mean { get; }
    public double Scale { get; }
    public List<FitFinding> Findings { get; }
    public int Count => X.Length;

    public static SpendSample From(ReadOnlySpan<double> purchases, ReadOnlySpan<double> meanSpend)
    {
        if (purchases.Length != meanSpend.Length)
            throw new ArgumentException($"There are {purchases.Length} counts of purchases and {meanSpend.Length} mean spends; both are needed for each customer.");
        List<double> xs = new(purchases.Length), means = new(purchases.Length);
        int left = 0, first = -1;
        for (int i = 0; i < purchases.Length; i++)
        {
            double x = purchases[i], mean = meanSpend[i];
            if (!(x >= 0) || !double.IsFinite(x))
                throw new InvalidHistoryException(FormattableString.Invariant($"Row {i} has {x} purchases; a count is a finite number, 0 or more."), i);
            if (x == 0) continue;
            if (!double.IsFinite(mean))
                throw new InvalidHistoryException(FormattableString.Invariant($"Row {i} has a mean spend of {mean}; a finite number was expected."), i);
            if (mean > 0)
            {
                xs.Add(x);
                means.Add(mean);
            }
            else if (left++ == 0) first = i;
        }
        if (xs.Count == 0)
            throw new InvalidHistoryException("No customer has both a repeat purchase and a mean spend above 0; a spend model needs some.");
        List<FitFinding> findings = [];
        if (left > 0)
            findings.Add(new FitFinding("spend-not-positive", FitSeverity.Warning,
                FormattableString.Invariant($"{left} customers with repeat purchases have a mean spend of 0 or less and were left out; the first is row {first} with {meanSpend[first]}."),
                "Net returns against purchases before averaging, or leave out free orders."));
        if (means.TrueForAll(mean => mean == means[0]))
            findings.Add(new FitFinding("customers-identical", FitSeverity.Error,
                FormattableString.Invariant($"All {means.Count} customers have a mean spend of {means[0]}, so differences between customers cannot be learnt."),
                "Fit on more, and more varied, customers; a small prior keeps the parameters finite meanwhile."));
        double correlation = Correlation(xs, means);
        if (Math.Abs(correlation) > 0.2 && Math.Abs(correlation) * Math.Sqrt(xs.Count) > 3)
            findings.Add(new FitFinding("spend-depends-on-frequency", FitSeverity.Warning,
                FormattableString.Invariant($"Mean spend and number of purchases correlate by {correlation:0.00}; the model assumes that they do not."),
                "Fit segments separately, or prefer a spend model that sees the frequency."));
        double scale = means.Average();
        return new SpendSample([.. xs], [.. means.Select(mean => mean / scale)], scale, findings);
    }

    private static double Correlation(List<double> left, List<double> right)
    {
        double meanLeft = left.Average(), meanRight = right.Average(), cross = 0, squaresLeft = 0, squaresRight = 0;
        for (int i = 0; i < left.Count; i++)
        {
            double l = left[i] - meanLeft, r = right[i] - meanRight;
            cross += l * r;
            squaresLeft += l * l;
            squaresRight += r * r;
        }
        return squaresLeft > 0 && squaresRight > 0 ? cross / Math.Sqrt(squaresLeft * squaresRight) : 0;
    }
}
