using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Recommend;

/// <summary>What <c>recommend --json</c> gives: the portfolio and what it rests on. Customers one by one are in the file.</summary>
internal sealed record RecommendAnswer(
    string ModelVersion,
    DateOnly AsOf,
    int HorizonDays,
    string StrategyFrom,
    StrategyAnswer Strategy,
    PortfolioFigures Portfolio,
    IReadOnlyList<GroupAnswer> Quadrants,
    IReadOnlyList<GroupAnswer> Stages,
    IReadOnlyList<StrategyGroupAnswer> Strategies,
    WhaleAnswer Whale,
    CostAnswer? Costs,
    MigrationAnswer? Migration,
    string? Out,
    string? Report,
    IReadOnlyList<Finding> Findings)
{
    public static RecommendAnswer Of(RecommendOutcome outcome, PortfolioSummary portfolio, Language language, string? file, string? report)
    {
        CustomerStrategies all = outcome.Result.Strategies;
        Wording words = Wording.In(language);
        return new RecommendAnswer(
            outcome.Result.Scored.ModelVersion, all.AsOf, outcome.Result.Scored.HorizonDays, outcome.OfVersion ? "version" : "these-data", StrategyAnswer.Of(outcome.Strategy),
            PortfolioFigures.Of(portfolio),
            [.. portfolio.Quadrants.Select(group => GroupAnswer.Of(group, words.Name(Enum.Parse<Quadrant>(group.Label))))],
            [.. portfolio.Stages.Select(group => GroupAnswer.Of(group, words.Name(Enum.Parse<CustomerValue.Strategy.Lifecycle.LifecycleStage>(group.Label))))],
            [.. portfolio.Recommendations.Select(group => new StrategyGroupAnswer(Word(group.Label), group.Customers, group.Current, group.Potential, words.Practice(Enum.Parse<Recommendation>(group.Label), all.Recipe.Options)))],
            WhaleAnswer.Of(WhaleCurve.Of(all.Realised)),
            outcome.Result.YearCosts is { } costs ? new CostAnswer(costs.Total, costs.UnknownCustomers, costs.ByActivity, costs.Pools) : null,
            outcome.Earlier is { } earlier ? MigrationAnswer.Of(MigrationMatrix.OfQuadrants(earlier, all)) : null,
            file, report, outcome.Findings);
    }

    internal static string Word(string label) => JsonNamingPolicy.KebabCaseLower.ConvertName(label);
}

/// <summary>The portfolio in figures; every sum is the sum over customers.</summary>
internal sealed record PortfolioFigures(
    int Customers, double Realised, double Current, double Equity, double Total, double InfluenceMoved, double Headroom, double EquityAtRisk, double RetentionPoint,
    int BelowZero, double LossBelowZero, Concentration CurrentConcentration, Concentration PotentialConcentration, WinAndKeep? WinAndKeep)
{
    public static PortfolioFigures Of(PortfolioSummary portfolio) => new(
        portfolio.Customers, portfolio.Realised, portfolio.Current, portfolio.Equity, portfolio.Total, portfolio.InfluenceMoved, portfolio.Headroom, portfolio.EquityAtRisk,
        portfolio.RetentionPoint, portfolio.BelowZero, portfolio.LossBelowZero, portfolio.CurrentConcentration, portfolio.PotentialConcentration, portfolio.WinAndKeep);
}

/// <summary>Money of the customers of one quadrant or stage.</summary>
internal sealed record GroupAnswer(string Label, string Name, int Customers, double Realised, double Current, double Potential, double Headroom, double AtRisk)
{
    public static GroupAnswer Of(PortfolioGroup group, string name) =>
        new(RecommendAnswer.Word(group.Label), name, group.Customers, group.Realised, group.Current, group.Potential, group.Headroom, group.AtRisk);
}

/// <summary>The customers of one strategy, and what it means in practice.</summary>
internal sealed record StrategyGroupAnswer(string Label, int Customers, double Current, double Potential, Practice Practice);

/// <summary>The whale curve of realised value in short.</summary>
internal sealed record WhaleAnswer(double Total, double? Top20Share, double Peak, double PeakShare, int BelowZero, double Loss)
{
    public static WhaleAnswer Of(WhaleCurve curve) => new(curve.Total, curve.ShareOfTop(0.2), curve.Peak, curve.PeakShare, curve.BelowZero, curve.Loss);
}

/// <summary>Cost to serve in the 365 days before the day.</summary>
internal sealed record CostAnswer(decimal Total, decimal UnknownCustomers, IReadOnlyList<ActivityCost> ByActivity, IReadOnlyList<PoolUse> Pools);

/// <summary>Moves between quadrants since the earlier day.</summary>
internal sealed record MigrationAnswer(DateOnly From, DateOnly To, int Changed, IReadOnlyList<MigrationCell> Cells)
{
    public static MigrationAnswer Of(MigrationMatrix matrix) => new(matrix.From, matrix.To, matrix.Changed,
        [.. matrix.Cells.Select(cell => cell with { From = Word(cell.From), To = Word(cell.To) })]);

    private static string? Word(string? label) => label is null ? null : RecommendAnswer.Word(label);
}
