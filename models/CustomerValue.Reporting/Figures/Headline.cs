using System.Globalization;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Evaluation;

namespace CustomerValue.Reporting.Figures;

/// <summary>How one figure of the champion stands beside the best naive rule's.</summary>
public enum Standing
{
    /// <summary>The 95 % interval of the difference lies on the better side.</summary>
    Better,

    /// <summary>The interval reaches 0.</summary>
    NoDifferent,

    /// <summary>The interval lies on the worse side.</summary>
    Worse,
}

/// <summary>One target of the champion beside the best naive rule.</summary>
public sealed record TargetComparison
{
    /// <summary><c>purchases</c>, <c>spend</c> or <c>churn</c>.</summary>
    public required string Target { get; init; }

    /// <summary>What is compared: mean absolute error, or area under the ROC curve for churn.</summary>
    public required string Figure { get; init; }

    /// <summary>The champion's figure.</summary>
    public required double Champion { get; init; }

    /// <summary>Name of the naive rule that is best at this figure.</summary>
    public required string Rule { get; init; }

    /// <summary>Its figure.</summary>
    public required double RuleFigure { get; init; }

    /// <summary>Champion minus rule with its 95 % interval.</summary>
    public required Interval Difference { get; init; }

    /// <summary>What the interval says.</summary>
    public required Standing Standing { get; init; }
}

/// <summary>What to know first.</summary>
/// <param name="Sentence">How much better than the best naive rule the champion is, or that it is not.</param>
/// <param name="Comparisons">The figures behind the sentence; empty where nothing could be measured.</param>
public sealed record Headline(string Sentence, IReadOnlyList<TargetComparison> Comparisons)
{
    /// <summary>Writes the sentence.</summary>
    /// <param name="champion">Name of the champion.</param>
    /// <param name="window">The holdout: its horizon from its cutoff.</param>
    /// <param name="comparisons">One a target; empty where there was no naive rule.</param>
    public static Headline Of(string champion, ObservationWindow window, IReadOnlyList<TargetComparison> comparisons)
    {
        string[] better = Names(comparisons, Standing.Better);
        string claim = comparisons.Count == 0 ? $"The champion ({champion}) had no naive rule to beat"
            : better.Length == comparisons.Count ? $"The champion ({champion}) beats the best naive rule on every target"
            : better.Length == 0 ? $"The champion ({champion}) does not beat the best naive rule on any target"
            : $"The champion ({champion}) beats the best naive rule on {Join(better)}, but not on {Join([.. comparisons.Where(c => c.Standing != Standing.Better).Select(c => c.Target)])}";
        string when = string.Create(CultureInfo.InvariantCulture, $" over the {window.Horizon} from {window.Cutoff:yyyy-MM-dd}");
        return new Headline(comparisons.Count == 0 ? $"{claim}{when}." : $"{claim}{when}: {string.Join(", ", comparisons.Select(Part))}.", comparisons);
    }

    /// <summary>The sentence where the log holds no day after the cutoff's horizon.</summary>
    public static Headline Unmeasured(string champion, ObservationWindow window) => new(
        string.Create(CultureInfo.InvariantCulture, $"Nothing could be measured: the data end before the {window.Horizon} from {window.Cutoff:yyyy-MM-dd} are over, so whether the champion ({champion}) beats a naive rule is not known."), []);

    private static string[] Names(IReadOnlyList<TargetComparison> comparisons, Standing standing) =>
        [.. comparisons.Where(comparison => comparison.Standing == standing).Select(comparison => comparison.Target)];

    private static string Join(string[] names) => names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string Part(TargetComparison c)
    {
        if (c.Target == TargetNames.Churn)
            return string.Create(CultureInfo.InvariantCulture, $"churn is ranked {Word(c, "better", "worse")} (AUC {c.Champion:0.000} against {c.RuleFigure:0.000})");
        double share = c.RuleFigure > 0 ? Math.Abs(c.Difference.Estimate) / c.RuleFigure : double.NaN;
        string size = c.Standing == Standing.NoDifferent ? "no different" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} % {Word(c, "lower", "higher")}");
        return string.Create(CultureInfo.InvariantCulture, $"the error of {c.Target} is {size} (MAE {Figure(c.Champion)} against {Figure(c.RuleFigure)})");
    }

    private static string Word(TargetComparison c, string better, string worse) =>
        c.Standing switch { Standing.Better => better, Standing.Worse => worse, _ => "no differently" };

    private static string Figure(double value) => value.ToString(value >= 10 ? "#,0.0" : "0.000", CultureInfo.InvariantCulture);
}

/// <summary>Names of what is predicted.</summary>
public static class TargetNames
{
    /// <summary>Expected purchase days.</summary>
    public const string Purchases = "purchases";

    /// <summary>Expected money.</summary>
    public const string Spend = "spend";

    /// <summary>No purchase within the horizon.</summary>
    public const string Churn = "churn";
}
