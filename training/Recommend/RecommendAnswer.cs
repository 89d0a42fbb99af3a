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
internal sealed record RecommendAnswer
{
    public required string ModelVersion { get; init; }

    public required DateOnly AsOf { get; init; }

    public required int HorizonDays { get; init; }

    public required string StrategyFrom { get; init; }

    public required StrategyAnswer Strategy { get; init; }

    public required PortfolioFigures Portfolio { get; init; }

    public required IReadOnlyList<GroupAnswer> Quadrants { get; init; }

    public required IReadOnlyList<GroupAnswer> Stages { get; init; }

    public required IReadOnlyList<StrategyGroupAnswer> Strategies { get; init; }

    public required WhaleAnswer Whale { get; init; }

    public required CostAnswer? Costs { get; init; }

    public required MigrationAnswer? Migration { get; init; }

    public required string? Out { get; init; }

    public required string? Report { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public static RecommendAnswer Of(RecommendOutcome outcome, PortfolioSummary portfolio, Language language, string? file, string? report)
    {
        CustomerStrategies all = outcome.Result.Strategies;
        Wording words = Wording.In(language);
        return new RecommendAnswer
        {
            ModelVersion = outcome.Result.Scored.ModelVersion,
            AsOf = all.AsOf,
            HorizonDays = outcome.Result.Scored.HorizonDays,
            StrategyFrom = outcome.OfVersion ? "version" : "these-data",
            Strategy = StrategyAnswer.Of(outcome.Strategy),
            Portfolio = PortfolioFigures.Of(portfolio),
            Quadrants = [.. portfolio.Quadrants.Select(group => GroupAnswer.Of(group, words.Name(Enum.Parse<Quadrant>(group.Label))))],
            Stages = [.. portfolio.Stages.Select(group => GroupAnswer.Of(group, words.Name(Enum.Parse<CustomerValue.Strategy.Lifecycle.LifecycleStage>(group.Label))))],
            Strategies = [.. portfolio.Recommendations.Select(group => new StrategyGroupAnswer(Word(group.Label), group.Customers, group.Current, group.Potential, words.Practice(Enum.Parse<Recommendation>(group.Label), all.Recipe.Options)))],
            Whale = WhaleAnswer.Of(WhaleCurve.Of(all.Realised)),
            Costs = outcome.Result.YearCosts is { } costs ? new CostAnswer(costs.Total, costs.UnknownCustomers, costs.ByActivity, costs.Pools) : null,
            Migration = outcome.Earlier is { } earlier ? MigrationAnswer.Of(MigrationMatrix.OfQuadrants(earlier, all)) : null,
            Out = file,
            Report = report,
            Findings = outcome.Findings,
        };
    }

    internal static string Word(string label) => JsonNamingPolicy.KebabCaseLower.ConvertName(label);
}

/// <summary>The portfolio in figures; every sum is the sum over customers.</summary>
internal sealed record PortfolioFigures
{
    public required int Customers { get; init; }

    public required double Realised { get; init; }

    public required double Current { get; init; }

    public required double Equity { get; init; }

    public required double Total { get; init; }

    public required double InfluenceMoved { get; init; }

    public required double Headroom { get; init; }

    public required double EquityAtRisk { get; init; }

    public required double RetentionPoint { get; init; }

    public required int BelowZero { get; init; }

    public required double LossBelowZero { get; init; }

    public required Concentration CurrentConcentration { get; init; }

    public required Concentration PotentialConcentration { get; init; }

    public required WinAndKeep? WinAndKeep { get; init; }

    public static PortfolioFigures Of(PortfolioSummary portfolio) => new()
    {
        Customers = portfolio.Customers,
        Realised = portfolio.Realised,
        Current = portfolio.Current,
        Equity = portfolio.Equity,
        Total = portfolio.Total,
        InfluenceMoved = portfolio.InfluenceMoved,
        Headroom = portfolio.Headroom,
        EquityAtRisk = portfolio.EquityAtRisk,
        RetentionPoint = portfolio.RetentionPoint,
        BelowZero = portfolio.BelowZero,
        LossBelowZero = portfolio.LossBelowZero,
        CurrentConcentration = portfolio.CurrentConcentration,
        PotentialConcentration = portfolio.PotentialConcentration,
        WinAndKeep = portfolio.WinAndKeep,
    };
}

/// <summary>Money of the customers of one quadrant or stage.</summary>
internal sealed record GroupAnswer
{
    public required string Label { get; init; }

    public required string Name { get; init; }

    public required int Customers { get; init; }

    public required double Realised { get; init; }

    public required double Current { get; init; }

    public required double Potential { get; init; }

    public required double Headroom { get; init; }

    public required double AtRisk { get; init; }

    public static GroupAnswer Of(PortfolioGroup group, string name) =>
        new()
        {
            Label = RecommendAnswer.Word(group.Label),
            Name = name,
            Customers = group.Customers,
            Realised = group.Realised,
            Current = group.Current,
            Potential = group.Potential,
            Headroom = group.Headroom,
            AtRisk = group.AtRisk,
        };
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
