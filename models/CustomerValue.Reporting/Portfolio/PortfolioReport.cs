using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Reporting.Design;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Reporting.Portfolio;

/// <summary>What the portfolio report shows.</summary>
public sealed record PortfolioReport
{
    /// <summary>Everyone's values and strategies.</summary>
    public required StrategyResult Result { get; init; }

    /// <summary>Their sums.</summary>
    public required PortfolioSummary Summary { get; init; }

    /// <summary>The strategy that answered.</summary>
    public required StrategyOfVersion Strategy { get; init; }

    /// <summary>Whether it is the version's, else it was learnt in this run.</summary>
    public required bool OfVersion { get; init; }

    /// <summary>Labels of an earlier day, or null.</summary>
    public required EarlierStrategies? Earlier { get; init; }

    /// <summary>Language of the page.</summary>
    public required Language Language { get; init; }

    /// <summary>Doubts about data and evidence.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Who gets which action; null where nothing was decided.</summary>
    public DecisionPlan? Plan { get; init; }

    /// <summary>Money of the plan; null for no limit.</summary>
    public double? Budget { get; init; }

    /// <summary>Names of quadrants, stages and strategies.</summary>
    public Wording Words => Wording.In(Language);

    /// <summary>Sentences and headings of the page.</summary>
    public PageText Text => PageText.In(Language);

    /// <summary>An amount in short.</summary>
    /// <param name="value">The amount.</param>
    public string Money(double value) => Readable.Money(value, Language);
}
