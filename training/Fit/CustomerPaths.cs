using CustomerValue.BuyTillYouDie;
using CustomerValue.Reporting.Fits;

namespace CustomerValue.Training.Fit;

/// <summary>Follows P(alive) of one customer through the data.</summary>
internal static class CustomerPaths
{
    private const int MostSteps = 300;

    // Just before a purchase in days, so that the leap at it is upright.
    private const double Before = 0.01;

    public static CustomerPath Of(ITransactionModel model, FitSample sample, int row)
    {
        DateOnly end = sample.Log.LastDay < sample.Cutoff ? sample.Cutoff : sample.Log.LastDay.AddDays(1);
        List<int> days = [];
        sample.PurchaseDays(row, end, days);
        int origin = days[0], span = end.DayNumber - 1 - sample.Log.FirstDay.DayNumber - origin;
        int[] purchases = [.. days.Select(day => day - origin)];
        SortedSet<double> moments = [0, span];
        for (int i = 1; i < MostSteps; i++)
            moments.Add((double)span * i / MostSteps);
        foreach (int purchase in purchases.Skip(1))
        {
            moments.Add(purchase - Before);
            moments.Add(purchase);
        }
        double[] at = [.. moments];
        IReadOnlyList<double> alive = Tracking.AlivePath(model, Array.ConvertAll(purchases[1..], day => day / sample.Unit.Days), Array.ConvertAll(at, moment => moment / sample.Unit.Days));
        return new CustomerPath(sample.Aggregates.CustomerId(row), sample.Log.FirstDay.AddDays(origin), purchases, at, alive);
    }

    /// <summary>The row of a customer by id, or of the most frequent one.</summary>
    /// <returns>The row, or -1 where the customer has no purchase before the cutoff.</returns>
    public static int RowOf(FitSample sample, string? id)
    {
        if (id is not null)
            return sample.Log.Customers.Find(id) is >= 0 and int customer && sample.Aggregates.Population.BinarySearch(customer) is >= 0 and int row ? row : -1;
        int most = 0;
        for (int i = 1; i < sample.Count; i++)
            if (sample.Aggregates.X[i] > sample.Aggregates.X[most])
                most = i;
        return most;
    }
}
