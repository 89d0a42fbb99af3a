using CustomerValue.Strategy;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Quadrants;
using Microsoft.AspNetCore.Components;

namespace CustomerValue.Reporting.Portfolio;

/// <summary>A section of the portfolio report.</summary>
public abstract class PortfolioSection : ComponentBase
{
    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired] public PortfolioReport Report { get; set; } = null!;

    /// <summary>Headings and sentences.</summary>
    protected PageText Text => Report.Text;

    /// <summary>Names.</summary>
    protected Wording Words => Report.Words;

    /// <summary>The customers.</summary>
    protected CustomerStrategies All => Report.Result.Strategies;

    /// <summary>Name of a quadrant by its label in code.</summary>
    protected string QuadrantName(string label) => Words.Name(Enum.Parse<Quadrant>(label));

    /// <summary>Name of a stage by its label in code.</summary>
    protected string StageName(string label) => Words.Name(Enum.Parse<LifecycleStage>(label));

    /// <summary>Name of a strategy as decisions call it.</summary>
    protected string StrategyName(string word) => word == CustomerValue.Decisions.Playbook.StrategyNames.WinBack && !Enum.TryParse<Recommendation>("WinBack", out _)
        ? Text["winback"] : Words.Name(Enum.Parse<Recommendation>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true));

    /// <summary>An amount in short.</summary>
    protected string Money(double value) => Report.Money(value);

    /// <summary>The tone of a quadrant or strategy by its label in code, a class of the style sheet.</summary>
    protected static string ToneOf(string label) => string.Concat(label.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
