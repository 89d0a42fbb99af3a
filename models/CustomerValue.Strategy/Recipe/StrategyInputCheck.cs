using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy;

/// <summary>What is wrong with the columns of an input.</summary>
internal static class StrategyInputCheck
{
    public static IReadOnlyList<string> Violations(StrategyInput input, StrategyOptions options)
    {
        List<string> found = [];
        int count = input.Count;
        Column(input.PurchaseDays, nameof(input.PurchaseDays), 1);
        Column(input.TenureDays, nameof(input.TenureDays), 1);
        Column(input.SinceLastDays, nameof(input.SinceLastDays), 1);
        Column(input.GapSquares, nameof(input.GapSquares), 0);
        Column(input.Spend, nameof(input.Spend));
        Column(input.SpendSquares, nameof(input.SpendSquares), 0);
        Column(input.FirstSpend, nameof(input.FirstSpend));
        Column(input.YearSpend, nameof(input.YearSpend));
        Column(input.Margin, nameof(input.Margin));
        Column(input.YearMargin, nameof(input.YearMargin));
        Column(input.ChurnProbability, nameof(input.ChurnProbability), 0, 1);
        Column(input.ProbabilityAlive, nameof(input.ProbabilityAlive), 0, 1);
        Column(input.FutureSpend, nameof(input.FutureSpend));
        if (input.FutureSpendP10.Length > 0 || input.FutureSpendP90.Length > 0)
        {
            Column(input.FutureSpendP10, nameof(input.FutureSpendP10));
            Column(input.FutureSpendP90, nameof(input.FutureSpendP90));
        }
        Optional(input.CostToServe, nameof(input.CostToServe), 0);
        Optional(input.YearCostToServe, nameof(input.YearCostToServe), 0);
        Optional(input.AcquisitionCost, nameof(input.AcquisitionCost), 0);
        Optional(input.Influence, nameof(input.Influence));
        Optional(input.CurrentIndex, nameof(input.CurrentIndex), 0, 100);
        Optional(input.PotentialIndex, nameof(input.PotentialIndex), 0, 100);
        for (int c = 0; c < input.LikenessColumns.Length; c++)
            Column(input.LikenessColumns[c], $"LikenessColumns[{c}]");
        if (input.LastGapDays.Length != count || input.MarginSource.Length != count || input.StepsTaken is { } steps && steps.Length != count)
            found.Add($"LastGapDays, MarginSource and StepsTaken must hold {count} entries each.");
        if (input.RecentPurchaseDays.Length != StrategyInput.RecentWindows.Count)
            found.Add($"RecentPurchaseDays has {input.RecentPurchaseDays.Length} columns, expected {StrategyInput.RecentWindows.Count}.");
        for (int w = 0; w < input.RecentPurchaseDays.Length; w++)
            Column(input.RecentPurchaseDays[w], $"RecentPurchaseDays[{w}]", 0);
        if (input.CostToServe is null != (input.YearCostToServe is null))
            found.Add("CostToServe and YearCostToServe are given both or not at all.");
        if (options.Axes == ValueAxes.Indices && (input.CurrentIndex is null || input.PotentialIndex is null))
            found.Add("The axes are indices, so CurrentIndex and PotentialIndex are needed; add a scorecard or use money.");
        for (int i = 1; i < count; i++)
            if (string.CompareOrdinal(input.Ids[i - 1], input.Ids[i]) >= 0)
            {
                found.Add($"Ids must ascend in ordinal order without a repeat; '{input.Ids[i]}' follows '{input.Ids[i - 1]}'.");
                break;
            }
        return found;

        void Optional(double[]? column, string name, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
        {
            if (column is not null)
                Column(column, name, least, most);
        }

        void Column(double[] column, string name, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
        {
            if (column.Length != count)
            {
                found.Add($"{name} holds {column.Length} entries, expected {count}.");
                return;
            }
            for (int i = 0; i < count; i++)
                if (!double.IsFinite(column[i]) || column[i] < least || column[i] > most)
                {
                    found.Add(FormattableString.Invariant($"{name} of customer {input.Ids[i]} is {column[i]}; it must be finite and lie between {least} and {most}."));
                    return;
                }
        }
    }
}
