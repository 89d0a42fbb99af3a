using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy;

/// <summary>The house's choices: how lines are drawn, when labels move, and how the budget is shared.</summary>
public sealed record StrategyOptions
{
    /// <summary>What the axes are. Default money.</summary>
    public ValueAxes Axes { get; init; } = ValueAxes.Money;

    /// <summary>How lines are drawn. Default by share of value.</summary>
    public ThresholdRule ThresholdRule { get; init; } = ThresholdRule.ShareOfValue;

    /// <summary>Share of all value that those above a line hold. Default .8; allowed .05 to .99.</summary>
    [Range(0.05, 0.99)] public double ShareOfValue { get; init; } = 0.8;

    /// <summary>Line of current value, for <see cref="ThresholdRule.Amount"/>.</summary>
    public double? CurrentThreshold { get; init; }

    /// <summary>Line of potential value, for <see cref="ThresholdRule.Amount"/>.</summary>
    public double? PotentialThreshold { get; init; }

    /// <summary>How far, as a share of a line, a customer must move past it before an earlier label is given up. Default .25; allowed 0 to .9.</summary>
    [Range(0.0, 0.9)] public double HysteresisBand { get; init; } = 0.25;

    /// <summary>Correlation between a customer's errors of current and of potential value. Default .4; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double BeliefCorrelation { get; init; } = 0.4;

    /// <summary>Fewest look-alikes in a peer group. Default 30; allowed 2 to 10,000.</summary>
    [Range(2, 10_000)] public int LeastPeers { get; init; } = 30;

    /// <summary>Potential value at or below which there is none worth keeping a loss for. Default 0; money.</summary>
    public double NoPotential { get; init; }

    /// <summary>Limits of the lifecycle stages.</summary>
    public LifecycleOptions Lifecycle { get; init; } = new();

    /// <summary>Share of the customer budget by strategy, in the order of <see cref="Recommendation"/>; they sum to 1; the last one, winning back, may be left out and is then 0. Default .27, .37, .05, .18, .03, .02, 0, .08.</summary>
    public IReadOnlyList<double> BudgetShares { get; init; } = [0.27, 0.37, 0.05, 0.18, 0.03, 0.02, 0, 0.08];

    /// <summary>Everything that is wrong with these options, a sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        Validator.TryValidateObject(Lifecycle, new ValidationContext(Lifecycle), results, validateAllProperties: true);
        List<string> violations = [.. results.Select(result => result.ErrorMessage!)];
        if (ThresholdRule == ThresholdRule.Amount && !(CurrentThreshold is { } current && double.IsFinite(current) && PotentialThreshold is { } potential && double.IsFinite(potential)))
            violations.Add("The threshold rule 'Amount' needs CurrentThreshold and PotentialThreshold, both finite.");
        if (BudgetShares.Count is not (> (int)Recommendation.LetGo and <= (int)Recommendation.WinBack + 1) || BudgetShares.Any(share => !(share >= 0)) || Math.Abs(BudgetShares.Sum() - 1) > 1e-9)
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"BudgetShares has {BudgetShares.Count} entries that sum to {BudgetShares.Sum()}; it needs {Enum.GetValues<Recommendation>().Length} of 0 or more that sum to 1."));
        if (!double.IsFinite(NoPotential))
            violations.Add("NoPotential must be finite.");
        return violations;
    }
}
