using CustomerValue.Data.Attributes;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Intervals;

namespace CustomerValue.Models.Versions;

/// <summary>Learns what customers do within the horizon after the day of their first purchase.</summary>
/// <remarks>
/// Customers first seen in the opening days of a log may have bought before it begins; they are left out while enough others remain. The attribute
/// whose levels differ most in churn, by Pearson's chi-square against its degrees of freedom, makes the cohorts; each is drawn towards all newcomers
/// as if it had <see cref="PriorCustomers"/> more of them.
/// </remarks>
internal static class NewcomerLearner
{
    private const int EnoughCustomers = 200, FewestCustomers = 20, OpeningShare = 4;
    private const double PriorCustomers = 50, ClearlyMore = 3;

    /// <summary>The table, or null where fewer than twenty newcomers were seen over a whole horizon before the cutoff.</summary>
    /// <param name="log">Raw histories; nothing at or after the cutoff is looked at.</param>
    /// <param name="attributes">Customer attributes, or null.</param>
    /// <param name="window">Its cutoff is the first day that is not known, its horizon how long newcomers are watched after the day of their first purchase.</param>
    /// <param name="returns">How returns count.</param>
    public static NewcomerTable? Learn(TransactionLog log, CustomerAttributes? attributes, ObservationWindow window, ReturnsPolicy returns)
    {
        int first = log.FirstDay.DayNumber, known = window.Cutoff.DayNumber - first;
        SortedDictionary<int, List<int>> byDay = NewcomersByDay(log, known - window.Horizon.Days - 1);
        int opening = Math.Min(window.Horizon.Days, known / OpeningShare);
        if (byDay.Where(pair => pair.Key >= opening).Sum(pair => pair.Value.Count) >= EnoughCustomers)
            for (int day = 0; day < opening; day++)
                byDay.Remove(day);
        Seen seen = new([], [], [], []);
        foreach ((int day, List<int> customers) in byDay)
            seen.Add(customers, OutcomeTable.Compute(log, window.At(DateOnly.FromDayNumber(first + day + 1)), customers.ToArray(), returns));
        if (seen.Count < FewestCustomers)
            return null;

        NewcomerCohort all = CohortOf("all newcomers", seen, null, -1, null);
        (int column, int[] levels) = BestAttribute(seen, log, attributes, all.ChurnProbability);
        IReadOnlyList<NewcomerCohort> cohorts = column < 0 ? [] :
            [.. attributes!.Schema.Columns[column].Levels.Select((level, code) => CohortOf($"{attributes.Schema.Columns[column].Name} {level}", seen, levels, code, all))];
        double[] churn = new double[seen.Count], mean = new double[seen.Count];
        for (int i = 0; i < churn.Length; i++)
        {
            NewcomerCohort cohort = column >= 0 && levels[i] >= 0 ? cohorts[levels[i]] : all;
            (churn[i], mean[i]) = (cohort.ChurnProbability, cohort.ExpectedSpend);
        }
        return new NewcomerTable(all, column < 0 ? null : attributes!.Schema.Columns[column].Name, cohorts,
            GroupQuantiles.Learn([.. Enumerable.Range(0, seen.Count)], churn, mean, seen.Spend.ToArray(), [1]));
    }

    /// <summary>Customers by the day of their first purchase (in days of the log) up to a last one.</summary>
    private static SortedDictionary<int, List<int>> NewcomersByDay(TransactionLog log, int last)
    {
        SortedDictionary<int, List<int>> byDay = [];
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = offsets[customer]; row < offsets[customer + 1] && log.Days[row] <= last; row++)
                if (log.Amounts[row] >= 0)
                {
                    if (!byDay.TryGetValue(log.Days[row], out List<int>? customers))
                        byDay.Add(log.Days[row], customers = []);
                    customers.Add(customer);
                    break;
                }
        return byDay;
    }

    private static NewcomerCohort CohortOf(string name, Seen seen, int[]? levels, int level, NewcomerCohort? all)
    {
        int customers = 0, churned = 0;
        double purchases = 0, spend = 0;
        for (int i = 0; i < seen.Count; i++)
            if (levels is null || levels[i] == level)
            {
                customers++;
                churned += seen.Churned[i] ? 1 : 0;
                purchases += seen.Purchases[i];
                spend += seen.Spend[i];
            }
        // All of them are drawn towards one half by a single customer, so that no probability is 0 or 1.
        double weight = all is null ? 0 : PriorCustomers;
        return new NewcomerCohort(name, customers,
            all is null ? (churned + 0.5) / (customers + 1) : (churned + weight * all.ChurnProbability) / (customers + weight),
            (purchases + weight * (all?.ExpectedPurchases ?? 0)) / (customers + weight),
            (spend + weight * (all?.ExpectedSpend ?? 0)) / (customers + weight));
    }

    private static (int Column, int[] Levels) BestAttribute(Seen seen, TransactionLog log, CustomerAttributes? attributes, double churn)
    {
        (int Column, int[] Levels) best = (-1, []);
        double clearest = ClearlyMore;
        for (int column = 0; column < (attributes?.Schema.Columns.Count ?? 0); column++)
        {
            if (attributes!.Schema.Columns[column].Kind != AttributeKind.Categorical)
                continue;
            int[] levels = [.. seen.Customers.Select(customer => LevelOf(attributes, column, log.Customers[customer]))];
            if (Clarity(seen, levels, attributes.Schema.Columns[column].Levels.Count, churn) is var clarity && clarity > clearest)
                (best, clearest) = ((column, levels), clarity);
        }
        return best;
    }

    private static int LevelOf(CustomerAttributes attributes, int column, string customerId) =>
        attributes.Find(customerId) is >= 0 and int row && attributes.Column(column)[row] is >= 0 and double level ? (int)level : -1;

    /// <summary>How far Pearson's chi-square of churn by level exceeds what chance gives, in standard deviations.</summary>
    private static double Clarity(Seen seen, int[] levels, int count, double churn)
    {
        int[] customers = new int[count], churned = new int[count];
        for (int i = 0; i < levels.Length; i++)
            if (levels[i] >= 0)
            {
                customers[levels[i]]++;
                churned[levels[i]] += seen.Churned[i] ? 1 : 0;
            }
        double square = 0;
        int freedom = -1;
        for (int level = 0; level < count; level++)
            if (customers[level] > 0)
            {
                double difference = churned[level] - customers[level] * churn;
                square += difference * difference / (customers[level] * churn * (1 - churn));
                freedom++;
            }
        return freedom < 1 ? 0 : (square - freedom) / Math.Sqrt(2 * freedom);
    }

    private sealed record Seen(List<int> Customers, List<bool> Churned, List<double> Purchases, List<double> Spend)
    {
        public int Count => Customers.Count;

        public void Add(List<int> customers, OutcomeTable outcomes)
        {
            Customers.AddRange(customers);
            Churned.AddRange(outcomes.Churned);
            Purchases.AddRange(outcomes.Purchases);
            Spend.AddRange(outcomes.Spend);
        }
    }
}
