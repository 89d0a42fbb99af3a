using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Versions;

/// <summary>What was said of a customer, to be held against what came.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="ChurnProbability">Probability of no purchase within the horizon.</param>
/// <param name="ExpectedPurchases">Expected purchase days within the horizon.</param>
/// <param name="ExpectedSpend">Expected money within the horizon.</param>
/// <param name="SpendP10">Spend that is undercut with probability 10 %; null where there is no interval.</param>
/// <param name="SpendP90">Spend that is exceeded with probability 10 %.</param>
public sealed record SaidOfCustomer(string CustomerId, double ChurnProbability, double ExpectedPurchases, double ExpectedSpend, double? SpendP10, double? SpendP90);

/// <summary>How well forecasts met what came once their horizon was over, by the figures of the race.</summary>
/// <param name="Purchases">Expected purchase days.</param>
/// <param name="Spend">Expected spend.</param>
/// <param name="Churn">Churn probability.</param>
/// <param name="SpendCoverage">How often the 80 % interval of spend held; a spend of nothing is taken to be as likely as churn. Null where the version gives none.</param>
public sealed record RealisedAccuracy(PurchaseMetrics Purchases, SpendMetrics Spend, ChurnMetrics Churn, GroupCoverage? SpendCoverage)
{
    /// <summary>Measures forecasts of which all outcomes are known.</summary>
    /// <param name="said">What was said, a customer once.</param>
    /// <param name="lines">What customers bought and gave back; those of other days and others are passed over.</param>
    /// <param name="window">Its future is what the forecast speaks of.</param>
    /// <param name="returns">What returns do, as in training.</param>
    public static RealisedAccuracy Measure(IReadOnlyList<SaidOfCustomer> said, IEnumerable<Transaction> lines, ObservationWindow window, ReturnsPolicy returns)
    {
        (double[] purchases, double[] spend) = Came(said, lines, window, returns);
        bool[] churned = Array.ConvertAll(purchases, days => days == 0);
        double[] churn = [.. said.Select(one => one.ChurnProbability)];
        int[] known = [.. Enumerable.Range(0, said.Count).Where(i => said[i].SpendP10 is not null && said[i].SpendP90 is not null)];
        return new RealisedAccuracy(
            PurchaseMetrics.Measure([.. said.Select(one => one.ExpectedPurchases)], purchases),
            SpendMetrics.Measure([.. said.Select(one => one.ExpectedSpend)], spend),
            ChurnMetrics.Measure(churn, churned),
            known.Length == 0 ? null : GroupCoverage.Measure("all", Pick(i => said[i].SpendP10!.Value), Pick(i => said[i].SpendP90!.Value), Pick(i => churn[i]), Pick(i => spend[i])));

        double[] Pick(Func<int, double> value) => Array.ConvertAll(known, row => value(row));
    }

    /// <summary>What came so far, where the horizon is under way.</summary>
    /// <param name="said">What was said, a customer once.</param>
    /// <param name="lines">What customers bought and gave back until now.</param>
    /// <param name="window">Its future is what the forecast speaks of, known or not.</param>
    /// <param name="returns">What returns do.</param>
    public static RealisedSoFar SoFar(IReadOnlyList<SaidOfCustomer> said, IEnumerable<Transaction> lines, ObservationWindow window, ReturnsPolicy returns)
    {
        (double[] purchases, double[] spend) = Came(said, lines, window, returns);
        int[] known = [.. Enumerable.Range(0, said.Count).Where(i => said[i].SpendP90 is not null)];
        return new RealisedSoFar(
            purchases.Count(count => count > 0), said.Sum(one => 1 - one.ChurnProbability), purchases.Sum(), said.Sum(one => one.ExpectedPurchases), spend.Sum(), said.Sum(one => one.ExpectedSpend))
        {
            AboveP90 = known.Length == 0 ? null : known.Count(i => spend[i] > said[i].SpendP90) / (double)known.Length,
        };
    }

    /// <summary>What returns do to spend in a version, as a word that <see cref="ReturnsPolicy"/> knows.</summary>
    /// <exception cref="ModelStoreException">The version is damaged.</exception>
    public static ReturnsPolicy ReturnsOf(VersionReader version) => VersionFiles.ReadRecipe(version).Returns;

    /// <summary>Purchase days and spend by customer; nothing for those of whom there is no line.</summary>
    private static (double[] Purchases, double[] Spend) Came(IReadOnlyList<SaidOfCustomer> said, IEnumerable<Transaction> lines, ObservationWindow window, ReturnsPolicy returns)
    {
        double[] purchases = new double[said.Count], spend = new double[said.Count];
        Dictionary<string, int> rows = said.Index().ToDictionary(one => one.Item.CustomerId, one => one.Index, StringComparer.Ordinal);
        Transaction[] within = [.. lines.Where(line => line.Day >= window.Cutoff && line.Day < window.End && rows.ContainsKey(line.CustomerId))];
        if (within.Length == 0)
            return (purchases, spend);
        TransactionLog log = TransactionLog.From(within);
        OutcomeTable came = OutcomeTable.Compute(log, window, [.. Enumerable.Range(0, log.CustomerCount)], returns, observedThrough: window.LastDay);
        for (int i = 0; i < came.Count; i++)
        {
            int row = rows[log.Customers[i]];
            (purchases[row], spend[row]) = (came.Purchases[i], came.Spend[i]);
        }
        return (purchases, spend);
    }
}

/// <summary>What came of forecasts whose horizon is under way. Errors need all of it; these can only grow, so that too much can be told before the end and too little cannot.</summary>
/// <param name="Bought">Customers who bought: they did not churn.</param>
/// <param name="ExpectedToBuy">Customers expected to buy within the whole horizon.</param>
/// <param name="Purchases">Purchase days that came.</param>
/// <param name="ExpectedPurchases">Those expected within the whole horizon.</param>
/// <param name="Spend">Money that came, net of returns so far.</param>
/// <param name="ExpectedSpend">Money expected within the whole horizon.</param>
public sealed record RealisedSoFar(int Bought, double ExpectedToBuy, double Purchases, double ExpectedPurchases, double Spend, double ExpectedSpend)
{
    /// <summary>Share of customers who spent more than their P90 already; at the end .1 is right. Null where there are no intervals.</summary>
    public double? AboveP90 { get; init; }
}
