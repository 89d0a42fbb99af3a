namespace CustomerValue.BuyTillYouDie;

/// <summary>Repeat purchases of a group of customers over calendar time, as a model expects them.</summary>
/// <param name="Step">Length of a period, in the model's time unit.</param>
/// <param name="Incremental">Expected repeat purchases within each period.</param>
/// <param name="Cumulative">Expected repeat purchases from the start of the first period to the end of each.</param>
public sealed record TrackingCurve(double Step, IReadOnlyList<double> Incremental, IReadOnlyList<double> Cumulative);

/// <summary>Curves and tables that set a model beside what happened.</summary>
public static class Tracking
{
    /// <summary>Expected repeat purchases by period: the sum over customers of E[X(time since the first purchase)].</summary>
    /// <param name="model">The model.</param>
    /// <param name="firstPurchases">Each customer's first purchase, in time units from the start of the first period.</param>
    /// <param name="step">Length of a period: 1 for weeks when the model is in weeks.</param>
    /// <param name="periods">Number of periods.</param>
    /// <remarks>Fader, Hardie and Lee (2005), figures 3 and 4. Unconditional: the curve does not use when customers really bought.</remarks>
    public static TrackingCurve Expected(ITransactionModel model, ReadOnlySpan<double> firstPurchases, double step, int periods)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Expected(model.ExpectedPurchasesOfNewCustomer, firstPurchases, step, periods);
    }

    /// <summary>Expected repeat purchases by period, whatever says what to expect of a new customer.</summary>
    /// <param name="expectedOfNewCustomer">E[X(t)]: expected repeat purchases in the first t time units of a customer; 0 at 0.</param>
    /// <param name="firstPurchases">Each customer's first purchase, in time units from the start of the first period; negative before it.</param>
    /// <param name="step">Length of a period.</param>
    /// <param name="periods">Number of periods.</param>
    public static TrackingCurve Expected(Func<double, double> expectedOfNewCustomer, ReadOnlySpan<double> firstPurchases, double step, int periods)
    {
        ArgumentNullException.ThrowIfNull(expectedOfNewCustomer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfNegative(periods);
        SortedDictionary<double, int> cohorts = [];
        foreach (double first in firstPurchases)
        {
            if (!double.IsFinite(first)) throw new ArgumentOutOfRangeException(nameof(firstPurchases), first, "The time of a first purchase is a finite number.");
            cohorts[first] = cohorts.GetValueOrDefault(first) + 1;
        }
        double[] cumulative = new double[periods], incremental = new double[periods];
        for (int period = 0; period < periods; period++)
        {
            double begin = period * step, end = (period + 1) * step;
            foreach ((double first, int customers) in cohorts)
            {
                if (first >= end) break;
                incremental[period] += customers * (expectedOfNewCustomer(end - first) - expectedOfNewCustomer(Math.Max(begin - first, 0)));
            }
            cumulative[period] = incremental[period] + (period == 0 ? 0 : cumulative[period - 1]);
        }
        return new TrackingCurve(step, incremental, cumulative);
    }

    /// <summary>Expected numbers of customers with 0, 1, ... repeat purchases by the end of their observation; the last entry counts that many or more.</summary>
    /// <param name="model">The model.</param>
    /// <param name="histories">The customers; only their ages T are used.</param>
    /// <param name="last">The count that stands for itself and all above; 1 or more.</param>
    public static IReadOnlyList<double> ExpectedFrequencies(ITransactionModel model, PurchaseHistories histories, int last)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last);
        SortedDictionary<double, double> ages = [];
        for (int i = 0; i < histories.Count; i++)
            ages[histories.T[i]] = ages.GetValueOrDefault(histories.T[i]) + Weight(histories, i);
        double[] expected = new double[last + 1];
        foreach ((double age, double customers) in ages)
        {
            double rest = 1;
            for (int n = 0; n < last; n++)
            {
                double probability = model.ProbabilityOfPurchasesOfNewCustomer(age, n);
                expected[n] += customers * probability;
                rest -= probability;
            }
            expected[last] += customers * Math.Max(0, rest);
        }
        return expected;
    }

    /// <summary>Numbers of customers with 0, 1, ... repeat purchases, counted like <see cref="ExpectedFrequencies"/>.</summary>
    /// <param name="histories">The customers.</param>
    /// <param name="last">The count that stands for itself and all above; 1 or more.</param>
    public static IReadOnlyList<double> ActualFrequencies(PurchaseHistories histories, int last)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last);
        double[] actual = new double[last + 1];
        for (int i = 0; i < histories.Count; i++) actual[(int)Math.Min(last, histories.X[i])] += Weight(histories, i);
        return actual;
    }

    /// <summary>P(alive) of one customer at several moments, each from the purchases made until then.</summary>
    /// <param name="model">The model.</param>
    /// <param name="purchases">The repeat purchases, rising, in time units since the first purchase.</param>
    /// <param name="moments">Moments asked for, since the first purchase.</param>
    /// <exception cref="ArgumentException">The purchases do not rise.</exception>
    public static IReadOnlyList<double> AlivePath(ITransactionModel model, ReadOnlySpan<double> purchases, ReadOnlySpan<double> moments)
    {
        ArgumentNullException.ThrowIfNull(model);
        for (int i = 1; i < purchases.Length; i++)
            if (!(purchases[i] > purchases[i - 1]))
                throw new ArgumentException(FormattableString.Invariant($"Purchase {i} at {purchases[i]} does not come after the one at {purchases[i - 1]}."), nameof(purchases));
        double[] path = new double[moments.Length];
        for (int i = 0; i < moments.Length; i++)
        {
            int made = 0;
            while (made < purchases.Length && purchases[made] <= moments[i]) made++;
            path[i] = model.ProbabilityAlive(new PurchaseHistory(made, made == 0 ? 0 : purchases[made - 1], moments[i]));
        }
        return path;
    }

    private static double Weight(PurchaseHistories histories, int row) => histories.Weights.IsEmpty ? 1 : histories.Weights[row];
}
