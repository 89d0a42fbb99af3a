using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy;

/// <summary>Lays a population's aggregates and forecast out as the columns that strategy reads.</summary>
internal static class StrategyInputBuilder
{
    private const double LeastRate = 1e-6;

    public static StrategyInput Build(TransactionLog log, CustomerAggregates aggregates, ScoredCustomers scored, MarginRates modelMargins, MarginOptions options)
    {
        if (aggregates.Count != scored.Count || aggregates.Window.Cutoff != scored.AsOf)
            throw new ArgumentException($"Found aggregates of {aggregates.Count} customers at {aggregates.Window.Cutoff:yyyy-MM-dd} and a forecast of {scored.Count} at {scored.AsOf:yyyy-MM-dd}; expected one population at one day.", nameof(scored));
        CustomerMargins margins = CustomerMargins.Of(log, aggregates, options);
        ReadOnlySpan<double> x = aggregates.X, age = aggregates.T, tx = aggregates.Tx, margin = aggregates.Margin, spend = aggregates.TotalSpend;
        int count = aggregates.Count;
        double[] perValue = new double[count], days = new double[count], tenure = new double[count], since = new double[count];
        for (int i = 0; i < count; i++)
        {
            double rate = modelMargins.Of(margin.Length > 0 ? margin[i] : double.NaN, spend[i]);
            perValue[i] = Math.Abs(rate) > LeastRate ? 1 / rate : 0;
            days[i] = x[i] + 1;
            tenure[i] = age[i] + 1;
            since[i] = age[i] - tx[i] + 1;
        }
        return new StrategyInput
        {
            AsOf = scored.AsOf,
            Ids = scored.Ids,
            PurchaseDays = days,
            TenureDays = tenure,
            SinceLastDays = since,
            GapSquares = aggregates["gap_squares_all"].ToArray(),
            LastGapDays = aggregates["gap_last"].ToArray(),
            RecentPurchaseDays = [.. StrategyInput.RecentWindows.Select(window => aggregates[$"purchase_days_{window}d"].ToArray())],
            Spend = spend.ToArray(),
            SpendSquares = aggregates["spend_squares_all"].ToArray(),
            FirstSpend = aggregates.FirstDaySpend.ToArray(),
            YearSpend = aggregates["spend_sum_365d"].ToArray(),
            Margin = margins.All,
            YearMargin = margins.Year,
            MarginSource = margins.Source,
            ChurnProbability = scored.ChurnProbability,
            ProbabilityAlive = scored.ProbabilityAlive,
            FutureSpend = Times(scored.LifetimeValue, perValue),
            FutureSpendP10 = Times(scored.LifetimeValueP10, perValue),
            FutureSpendP90 = Times(scored.LifetimeValueP90, perValue),
            LikenessColumns = [.. new[] { "products_all", "categories_all" }.Where(name => aggregates.Catalogue.Find(name) >= 0).Select(name => Breadth(aggregates[name]))],
        };
    }

    private static double[] Times(double[] values, double[] factors)
    {
        double[] product = new double[values.Length];
        for (int i = 0; i < product.Length; i++)
            product[i] = values[i] * factors[i];
        return product;
    }

    private static double[] Breadth(ReadOnlySpan<double> counts)
    {
        double[] logs = new double[counts.Length];
        for (int i = 0; i < logs.Length; i++)
            logs[i] = double.IsFinite(counts[i]) ? Math.Log(1 + counts[i]) : 0;
        return logs;
    }
}
