using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy.Tests.Bases;

/// <summary>Made-up customers with consistent columns; same seed, same customers.</summary>
internal static class RandomBase
{
    public static StrategyInput Of(int customers, int seed, bool costs = true)
    {
        Random random = new(seed);
        double[] Column(Func<int, double> make) => [.. Enumerable.Range(0, customers).Select(make)];
        double[] tenure = Column(_ => 1 + random.Next(1500)), days = Column(i => 1 + random.Next((int)Math.Min(40, tenure[i])));
        double[] since = Column(i => days[i] == 1 ? tenure[i] : 1 + random.Next((int)Math.Max(1, tenure[i] - days[i])));
        double[] order = Column(_ => Math.Exp(3 + random.NextDouble() * 3)), spend = Column(i => order[i] * days[i]);
        double[] year = Column(i => since[i] > 365 ? 0 : Math.Round(days[i] * Math.Min(1, 365 / tenure[i])));
        double[] future = Column(i => order[i] * days[i] / (tenure[i] + 100) * 900 * random.NextDouble());
        double[] cost = Column(i => spend[i] * (0.05 + 0.6 * random.NextDouble() * random.NextDouble()));
        return new StrategyInput
        {
            AsOf = new DateOnly(2024, 1, 1),
            Ids = [.. Enumerable.Range(0, customers).Select(i => $"c{i:000000}")],
            PurchaseDays = days,
            TenureDays = tenure,
            SinceLastDays = since,
            GapSquares = Column(i => days[i] > 1 ? (tenure[i] - since[i]) * (tenure[i] - since[i]) / (days[i] - 1) * 1.3 : 0),
            LastGapDays = Column(i => days[i] > 1 ? (tenure[i] - since[i]) / (days[i] - 1) : double.NaN),
            RecentPurchaseDays = [.. StrategyInput.RecentWindows.Select(window => Column(i => Math.Round(year[i] * window / 365)))],
            Spend = spend,
            SpendSquares = Column(i => order[i] * order[i] * days[i] * 1.2),
            FirstSpend = order,
            YearSpend = Column(i => year[i] * order[i]),
            Margin = Column(i => 0.4 * spend[i]),
            YearMargin = Column(i => 0.4 * year[i] * order[i]),
            MarginSource = new MarginSource[customers],
            ChurnProbability = Column(_ => random.NextDouble()),
            ProbabilityAlive = Column(_ => random.NextDouble()),
            FutureSpend = future,
            FutureSpendP10 = Column(i => i % 3 == 0 ? 0.2 * future[i] : 0),
            FutureSpendP90 = Column(i => i % 5 == 0 ? 0 : 1.7 * future[i]),
            CostToServe = costs ? cost : null,
            YearCostToServe = costs ? Column(i => cost[i] * year[i] / days[i]) : null,
            AcquisitionCost = costs ? Column(_ => 10 * random.NextDouble()) : null,
            Influence = Column(_ => random.Next(4) == 0 ? 100 * random.NextDouble() : 0),
            StepsTaken = [.. Enumerable.Range(0, customers).Select(_ => (GentleSteps)random.Next(4))],
        };
    }

    /// <summary>The same customer alone.</summary>
    public static StrategyInput Alone(StrategyInput all, int i) => all with
    {
        Ids = [all.Ids[i]],
        PurchaseDays = [all.PurchaseDays[i]],
        TenureDays = [all.TenureDays[i]],
        SinceLastDays = [all.SinceLastDays[i]],
        GapSquares = [all.GapSquares[i]],
        LastGapDays = [all.LastGapDays[i]],
        RecentPurchaseDays = [.. all.RecentPurchaseDays.Select(column => new[] { column[i] })],
        Spend = [all.Spend[i]],
        SpendSquares = [all.SpendSquares[i]],
        FirstSpend = [all.FirstSpend[i]],
        YearSpend = [all.YearSpend[i]],
        Margin = [all.Margin[i]],
        YearMargin = [all.YearMargin[i]],
        MarginSource = [all.MarginSource[i]],
        ChurnProbability = [all.ChurnProbability[i]],
        ProbabilityAlive = [all.ProbabilityAlive[i]],
        FutureSpend = [all.FutureSpend[i]],
        FutureSpendP10 = all.FutureSpendP10.Length > 0 ? [all.FutureSpendP10[i]] : [],
        FutureSpendP90 = all.FutureSpendP90.Length > 0 ? [all.FutureSpendP90[i]] : [],
        CostToServe = At(all.CostToServe, i),
        YearCostToServe = At(all.YearCostToServe, i),
        AcquisitionCost = At(all.AcquisitionCost, i),
        Influence = At(all.Influence, i),
        CurrentIndex = At(all.CurrentIndex, i),
        PotentialIndex = At(all.PotentialIndex, i),
        StepsTaken = all.StepsTaken is { } steps ? [steps[i]] : null,
        LikenessColumns = [.. all.LikenessColumns.Select(column => new[] { column[i] })],
    };

    private static double[]? At(double[]? column, int i) => column is null ? null : [column[i]];
}
