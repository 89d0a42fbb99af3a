using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Reporting.Portfolio;

/// <summary>What the portfolio report shows.</summary>
/// <param name="Result">Everyone's values and strategies.</param>
/// <param name="Summary">Their sums.</param>
/// <param name="Strategy">The strategy that answered.</param>
/// <param name="OfVersion">Whether it is the version's, else it was learnt in this run.</param>
/// <param name="Earlier">Labels of an earlier day, or null.</param>
/// <param name="Language">Language of the page.</param>
/// <param name="Findings">Doubts about data and evidence.</param>
public sealed record PortfolioReport(
    StrategyResult Result, PortfolioSummary Summary, StrategyOfVersion Strategy, bool OfVersion, EarlierStrategies? Earlier, Language Language, IReadOnlyList<Finding> Findings)
{
    /// <summary>Who gets which action; null where nothing was decided.</summary>
    public DecisionPlan? Plan { get; init; }

    /// <summary>Money of the plan; null for no limit.</summary>
    public double? Budget { get; init; }

    /// <summary>Names of quadrants, stages and strategies.</summary>
    public Wording Words => Wording.In(Language);

    /// <summary>Sentences and headings of the page.</summary>
    public PageText Text => PageText.In(Language);
}
