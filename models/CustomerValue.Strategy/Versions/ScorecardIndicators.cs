using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Versions;

/// <summary>The standard indicators of a population, as <see cref="IndicatorCatalogue.Standard"/> defines them; NaN where unknown.</summary>
internal static class ScorecardIndicators
{

    /// <summary>What is left of a sum of purchases and returns and is no more than rounding.</summary>
    private const double RoundingShare = 1e-9;

    public static IndicatorTable Of(StrategyInput input, StrategyPopulation population, double[]? perceivedValue)
    {
        int count = input.Count;
        double[] costShare = Unknown(count), growth = Unknown(count), loyalty = new double[count], cross = Unknown(count);
        ReadOnlySpan<double> breadth = population.Aggregates.TryColumn("categories_365d");
        if (breadth.Length == 0)
            breadth = population.Aggregates.TryColumn("products_365d");
        for (int i = 0; i < count; i++)
        {
            if (input.YearCostToServe is { } cost && input.YearMargin[i] > 0)
                costShare[i] = Math.Min(cost[i] / input.YearMargin[i], IndicatorDefinition.MostRatio);
            double before = input.TenureDays[i] > DaysIn.Year ? SpendTheYearBefore(population, i) : 0;
            if (before > 0)
                growth[i] = Math.Clamp(input.YearSpend[i] / before - 1, -IndicatorDefinition.MostRatio, IndicatorDefinition.MostRatio);
            loyalty[i] = 1 - input.ChurnProbability[i];
            if (breadth.Length > 0 && double.IsFinite(breadth[i]))
                cross[i] = breadth[i];
        }
        List<(string, double[])> columns =
        [
            ("turnover", input.YearSpend), ("margin", input.YearMargin), ("cost_share", costShare), ("frequency", input.RecentPurchaseDays[^1]),
            ("tenure", input.TenureDays), ("growth", growth), ("loyalty", loyalty), ("cross_buying", cross),
        ];
        if (input.Influence is { } influence)
            columns.Add(("referrals", influence));
        if (perceivedValue is not null)
            columns.Add(("perceived_value", perceivedValue));
        return new IndicatorTable(count, columns);
    }

    private static double SpendTheYearBefore(StrategyPopulation population, int row)
    {
        TransactionLog log = population.Log;
        int customer = population.Aggregates.Population[row], until = population.AsOf.DayNumber - log.FirstDay.DayNumber - DaysIn.Year;
        double spend = 0, gross = 0;
        for (int line = log.Offsets.Span[customer]; line < log.Offsets.Span[customer + 1] && log.Days[line] < until; line++)
            if (log.Days[line] >= until - DaysIn.Year)
            {
                spend += log.Amounts[line];
                gross += Math.Max(log.Amounts[line], 0);
            }
        return Math.Abs(spend) <= RoundingShare * gross ? 0 : spend;
    }

    private static double[] Unknown(int count)
    {
        double[] column = new double[count];
        Array.Fill(column, double.NaN);
        return column;
    }
}
