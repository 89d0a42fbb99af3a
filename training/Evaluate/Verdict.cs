using System.Text.Json.Serialization;
using CustomerValue.Models.Evaluation;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Evaluate;

/// <summary>Whether the champion is worth having: its headline figures beside the best naive rule's.</summary>
/// <param name="Champion">Name of the champion.</param>
/// <param name="Comparisons">Errors of purchases and spend, the ranking of spenders and of churners, and the churn probabilities; nothing of spend where there are no amounts.</param>
internal sealed record Verdict(string Champion, IReadOnlyList<ComparedFigure> Comparisons)
{
    /// <summary>True where the champion is better than every naive rule on most of the figures and clearly worse on none.</summary>
    public bool Beats => 2 * Better > Comparisons.Count && !Comparisons.Any(comparison => comparison.ClearlyWorse);

    /// <summary>On how many figures the champion is better.</summary>
    private int Better => Comparisons.Count(comparison => comparison.Better);

    /// <summary>What the champion does, to follow its name.</summary>
    public string Sentence => Comparisons.FirstOrDefault(comparison => comparison.ClearlyWorse) is { } worse && 2 * Better > Comparisons.Count
        ? $"beats the best naive rule on {Better} of {Comparisons.Count} counts, but is clearly worse in {worse.Figure} ({Figures.Number(worse.Champion, worse.Decimals)} against {Figures.Number(worse.Best, worse.Decimals)} of {worse.Rule})"
        : !Beats ? $"does not beat the best naive rule on most of {Comparisons.Count} counts"
        : Better == Comparisons.Count ? "beats the best naive rule on every count" : $"beats the best naive rule on {Better} of {Comparisons.Count} counts, and is clearly worse on none";

    /// <summary>Judges a race.</summary>
    /// <returns>Null where the race had no naive rule to beat.</returns>
    public static Verdict? Of(RaceReport report)
    {
        CandidateReport champion = report.Candidates.Single(candidate => candidate.Name == report.Champion);
        CandidateReport[] rules = [.. report.Candidates.Where(candidate => candidate.IsBaseline)];
        ComparedFigure[] spend = report.KnowsMoney() && rules.Length > 0
            ? [Lower("spend MAE", 2, champion, rules, candidate => candidate.Spend.Mae), Higher("spend Gini", 4, champion, rules, candidate => candidate.Spend.NormalizedGini)]
            : [];
        return rules.Length == 0 ? null : new Verdict(report.Champion,
        [
            Lower("purchases MAE", 4, champion, rules, candidate => candidate.Purchases.Mae),
            .. spend,
            Higher("churn AUC", 4, champion, rules, candidate => candidate.Churn.Auc),
            Lower("churn log loss", 4, champion, rules, candidate => candidate.Churn.LogLoss),
        ]);
    }

    private static ComparedFigure Lower(string figure, int decimals, CandidateReport champion, CandidateReport[] rules, Func<CandidateReport, double> of)
    {
        CandidateReport best = rules.MinBy(of)!;
        return new ComparedFigure
        {
            Figure = figure,
            Decimals = decimals,
            Champion = of(champion),
            Rule = best.Name,
            Best = of(best),
            HigherIsBetter = false,
            Better = of(champion) < of(best),
        };
    }

    private static ComparedFigure Higher(string figure, int decimals, CandidateReport champion, CandidateReport[] rules, Func<CandidateReport, double> of)
    {
        CandidateReport best = rules.MaxBy(of)!;
        return new ComparedFigure
        {
            Figure = figure,
            Decimals = decimals,
            Champion = of(champion),
            Rule = best.Name,
            Best = of(best),
            HigherIsBetter = true,
            Better = of(champion) > of(best),
        };
    }
}

/// <summary>One figure of the champion beside the best naive rule's.</summary>
internal sealed record ComparedFigure
{
    /// <summary>What is compared.</summary>
    public required string Figure { get; init; }

    /// <summary>Decimals that matter.</summary>
    public required int Decimals { get; init; }

    /// <summary>The champion's figure.</summary>
    public required double Champion { get; init; }

    /// <summary>The best naive rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Its figure.</summary>
    public required double Best { get; init; }

    /// <summary>Which way is up.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>Whether the champion is better.</summary>
    public required bool Better { get; init; }

    /// <summary>Share of a rule's error, and difference of a ranking figure, by which a worse figure is more than a draw.</summary>
    private const double Draw = 0.02;

    /// <summary>Whether the champion is worse by more than a draw.</summary>
    [JsonIgnore]
    public bool ClearlyWorse => HigherIsBetter ? Champion < Best - Draw : Champion > (1 + Draw) * Best;
}
