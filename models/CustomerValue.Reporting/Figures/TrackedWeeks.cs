using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Reporting.Figures;

/// <summary>Repeat purchases a week of the population, as they were and as the prior expects them of people who began when these began.</summary>
/// <remarks>The tracking plot of Fader, Hardie and Lee (2005): expected is the sum over customers of E[X(t)] in steps of a week, before and after the cutoff alike.</remarks>
/// <param name="Prior">The buy-till-you-die model.</param>
/// <param name="Weeks">Whole weeks, counted from the cutoff backwards and forwards.</param>
/// <param name="ChampionWeekly">Purchases a week that the champion expects over the horizon.</param>
public sealed record TrackedWeeks(string Prior, IReadOnlyList<TrackedWeek> Weeks, double ChampionWeekly)
{
    /// <summary>Counts the log and sums the prior's expectation.</summary>
    /// <param name="log">The log.</param>
    /// <param name="snapshot">The population at the cutoff.</param>
    /// <param name="prior">The prior.</param>
    /// <param name="expectedPurchases">Purchases the champion expects within the horizon, in all.</param>
    public static TrackedWeeks Of(TransactionLog log, Snapshot snapshot, IPriorModel prior, double expectedPurchases)
    {
        int cutoff = snapshot.Window.Cutoff.DayNumber - log.FirstDay.DayNumber;
        int lastDay = Math.Min(log.LastDay.DayNumber - log.FirstDay.DayNumber, cutoff + snapshot.Window.Horizon.Days - 1);
        int before = cutoff / DaysIn.Week, after = Math.Max((lastDay + 1 - cutoff) / DaysIn.Week, 0), start = cutoff - DaysIn.Week * before;
        int[] beginners = new int[Math.Max(cutoff, 1)];
        long[] actual = new long[before + after];
        ReadOnlySpan<ushort> days = log.Days;
        ReadOnlySpan<double> amounts = log.Amounts;
        foreach (int customer in snapshot.Aggregates.Population)
        {
            (int from, int to) = (log.Offsets.Span[customer], log.Offsets.Span[customer + 1]);
            int previous = -1;
            for (int row = from; row < to; row++)
            {
                if (amounts[row] < 0 || days[row] == previous)
                    continue;
                int week = days[row] < start ? -1 : (days[row] - start) / DaysIn.Week;
                if (previous < 0)
                    beginners[days[row]]++;
                else if (week >= 0 && week < actual.Length)
                    actual[week]++;
                previous = days[row];
            }
        }

        double[] cumulated = new double[lastDay + 2];
        for (int age = 0; age < cumulated.Length; age++)
            cumulated[age] = prior.ExpectedPurchasesOfNewCustomer(age);
        return new TrackedWeeks(prior.Name, [.. Enumerable.Range(0, actual.Length).Select(week =>
        {
            int first = start + DaysIn.Week * week;
            return new TrackedWeek(log.FirstDay.AddDays(first), actual[week], Expected(beginners, cumulated, first), first >= cutoff);
        })], expectedPurchases / snapshot.Window.Horizon.Weeks);
    }

    /// <summary>Expected repeat purchases on the seven days from <paramref name="first"/>; a purchase a days after the first one happens at age a.</summary>
    private static double Expected(int[] beginners, double[] cumulated, int first)
    {
        double sum = 0;
        for (int day = 0; day < beginners.Length && day < first + DaysIn.Week; day++)
            if (beginners[day] > 0)
                sum += beginners[day] * (cumulated[first + DaysIn.Week - 1 - day] - cumulated[Math.Max(first - 1 - day, 0)]);
        return sum;
    }
}

/// <summary>One week of a tracking plot.</summary>
/// <param name="Start">First day of the week.</param>
/// <param name="Actual">Repeat purchase days of the population.</param>
/// <param name="Expected">What the prior expects.</param>
/// <param name="Holdout">Whether the week lies after the cutoff.</param>
public sealed record TrackedWeek(DateOnly Start, long Actual, double Expected, bool Holdout);
