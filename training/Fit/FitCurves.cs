using CustomerValue.BuyTillYouDie;

namespace CustomerValue.Training.Fit;

/// <summary>A model beside what happened: repeat purchases by week, customers by number of repeat purchases, and one customer's P(alive).</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Sample">The customers.</param>
/// <param name="ActualWeekly">Repeat purchases in each whole week from the log's first day on, after the cutoff too, of the customers fitted on.</param>
/// <param name="ExpectedWeekly">The same as the model expects.</param>
/// <param name="ActualFrequencies">Customers with 0, 1, ... repeat purchases before the cutoff; the last entry counts that many or more.</param>
/// <param name="ExpectedFrequencies">The same as the model expects.</param>
/// <param name="Customer">One customer's history.</param>
internal sealed record FitCurves(
    string Model,
    FitSample Sample,
    IReadOnlyList<double> ActualWeekly,
    IReadOnlyList<double> ExpectedWeekly,
    IReadOnlyList<double> ActualFrequencies,
    IReadOnlyList<double> ExpectedFrequencies,
    CustomerPath Customer)
{
    private const int DaysAWeek = 7;
    private const int LastFrequency = 10;

    /// <summary>Sets a model beside what happened.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sample">The customers it was fitted on.</param>
    /// <param name="row">The customer whose P(alive) is wanted.</param>
    /// <param name="cancellation">Stops.</param>
    public static FitCurves Of(ITransactionModel model, FitSample sample, int row, CancellationToken cancellation)
    {
        int weeks = Math.Max(1, (sample.Log.LastDay.DayNumber - sample.Log.FirstDay.DayNumber + 1) / DaysAWeek);
        double[] actual = new double[weeks], first = new double[sample.Count];
        List<int> days = [];
        for (int i = 0; i < sample.Count; i++)
        {
            sample.PurchaseDays(i, sample.Log.LastDay.AddDays(1), days);
            // A week ends with its last day, and ages count from day to day, as in the fit: hence a day more.
            first[i] = (days[0] + 1) / sample.Unit.Days;
            foreach (int day in days.Skip(1))
                if (day / DaysAWeek < weeks)
                    actual[day / DaysAWeek]++;
        }
        cancellation.ThrowIfCancellationRequested();
        TrackingCurve expected = Tracking.Expected(model, first, DaysAWeek / sample.Unit.Days, weeks);
        cancellation.ThrowIfCancellationRequested();
        return new FitCurves(model.Name, sample, actual, expected.Incremental,
            Tracking.ActualFrequencies(sample.Histories, LastFrequency), Tracking.ExpectedFrequencies(model, sample.Histories, LastFrequency), CustomerPath.Of(model, sample, row));
    }

    /// <summary>Running totals.</summary>
    public static IReadOnlyList<double> Cumulative(IReadOnlyList<double> weekly)
    {
        double total = 0;
        return [.. weekly.Select(week => total += week)];
    }
}
