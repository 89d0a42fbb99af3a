using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Reporting.Figures;

/// <summary>Repeat purchases a week of the population, as they were and as the prior expects them of people who began when these began.</summary>
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
        int before = cutoff / DaysIn.Week, after = Math.Max((lastDay + 1 - cutoff) / DaysIn.Week, 0);
        return new TrackedWeeks(prior.Name,
            TrackedWeek.Count(log, snapshot.Aggregates.Population, snapshot.Window.Cutoff.AddDays(-DaysIn.Week * before), before + after, snapshot.Window.Cutoff, prior.ExpectedPurchasesOfNewCustomer),
            expectedPurchases / snapshot.Window.Horizon.Weeks);
    }
}
