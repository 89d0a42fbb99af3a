using System.Globalization;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Quadrants;
using Microsoft.AspNetCore.Components;

namespace CustomerValue.Reporting.Portfolio;

/// <summary>A section of the portfolio report.</summary>
public abstract class PortfolioSection : ComponentBase
{
    /// <summary>Colours of quadrants, in their order; told apart by colour-blind people and in print.</summary>
    internal static readonly string[] Colors = ["#2f8f6b", "#1f6f9f", "#a3a9b0", "#c77d1e"];

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

    /// <summary>Money on an axis: 1.5 M, 20 k.</summary>
    protected static string Short(double value) => Math.Abs(value) switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.##} M"),
        >= 1e3 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.##} k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}"),
    };
}
