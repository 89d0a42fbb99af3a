using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Reporting.Figures;

/// <summary>One week of a tracking plot.</summary>
/// <remarks>Fader, Hardie and Lee (2005): expected is the sum over customers of E[X(t)] in steps of a week, before and after the cutoff alike.</remarks>
/// <param name="Start">First day of the week.</param>
/// <param name="Actual">Repeat purchase days of the customers.</param>
/// <param name="Expected">What the model expects.</param>
/// <param name="Holdout">Whether the week lies after the cutoff.</param>
public sealed record TrackedWeek(DateOnly Start, long Actual, double Expected, bool Holdout)
{
    /// <summary>Counts repeat purchase days of some customers week by week beside what a model expects of people who began when these began.</summary>
    /// <param name="log">The log; negative amounts are no purchases.</param>
    /// <param name="customers">The customers, as the log numbers them.</param>
    /// <param name="start">First day of the first week.</param>
    /// <param name="weeks">Weeks to count.</param>
    /// <param name="cutoff">First day not learnt from.</param>
    /// <param name="expectedOfNewCustomer">Expected repeat purchase days in the first so many days of a customer.</param>
    public static IReadOnlyList<TrackedWeek> Count(TransactionLog log, ReadOnlySpan<int> customers, DateOnly start, int weeks, DateOnly cutoff, Func<double, double> expectedOfNewCustomer)
    {
        int origin = start.DayNumber - log.FirstDay.DayNumber;
        long[] actual = new long[weeks];
        List<double> firsts = new(customers.Length);
        ReadOnlySpan<ushort> days = log.Days;
        ReadOnlySpan<double> amounts = log.Amounts;
        foreach (int customer in customers)
        {
            int previous = -1;
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
            {
                if (amounts[row] < 0 || days[row] == previous)
                    continue;
                int week = days[row] < origin ? -1 : (days[row] - origin) / DaysIn.Week;
                // A week ends with its last day, and ages count from day to day, as in the fit: hence a day more.
                if (previous < 0)
                    firsts.Add(days[row] + 1 - origin);
                else if (week >= 0 && week < weeks)
                    actual[week]++;
                previous = days[row];
            }
        }
        Dictionary<double, double> known = [];
        double OfNewCustomer(double age) => known.TryGetValue(age, out double expected) ? expected : known[age] = expectedOfNewCustomer(age);
        TrackingCurve curve = Tracking.Expected(OfNewCustomer, firsts.ToArray(), DaysIn.Week, weeks);
        return [.. actual.Select((purchases, week) =>
        {
            DateOnly first = start.AddDays(DaysIn.Week * week);
            return new TrackedWeek(first, purchases, curve.Incremental[week], first >= cutoff);
        })];
    }
}
