using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;

namespace CustomerValue.Reporting.Figures;

/// <summary>The champion beside every other candidate on the holdout.</summary>
internal sealed class Comparison
{
    private readonly Holdout _holdout;
    private readonly Forecast _champion;
    private readonly RaceReport _report;
    private readonly Dictionary<string, Forecast> _rules;
    private readonly CustomerLosses _championLosses;
    private readonly CustomerLosses? _bestRule;

    public Comparison(Holdout holdout, RaceResult result, Forecast champion, RaceInput input)
    {
        _holdout = holdout;
        _champion = champion;
        _report = result.Report!;
        _rules = result.Entrants.Where(entrant => entrant.IsBaseline).ToDictionary(entrant => entrant.Model.Name, entrant => result.Said.Raw(entrant.Model), StringComparer.Ordinal);
        _championLosses = CustomerLosses.Of(holdout, champion);
        _bestRule = _rules.Count == 0 ? null : CustomerLosses.Best([.. _rules.Values.Select(rule => CustomerLosses.Of(holdout, rule))]);
        Differences = [.. result.Entrants.Select(entrant => DifferencesOf(entrant, result, input))];
    }

    /// <summary>Every candidate beside the best rule and the champion.</summary>
    public IReadOnlyList<CandidateDifferences> Differences { get; }

    /// <summary>The champion beside the best rule, target by target; without spend where the transactions have no amounts.</summary>
    public IReadOnlyList<TargetComparison> Targets()
    {
        if (_bestRule is null)
            return [];
        LossDifferences difference = Differences.Single(candidate => candidate.Name == _report.Champion).ToBestRule!;
        CandidateReport own = Figures(_report.Champion), purchases = Rule(rule => -rule.Purchases.Mae), spend = Rule(rule => -rule.Spend.Mae), churn = Rule(rule => rule.Churn.Auc);
        Interval auc = AucDifference.Of(_champion.ChurnProbability, _rules[churn.Name].ChurnProbability, _holdout.Churned);
        TargetComparison[] all =
        [
            new TargetComparison
            {
                Target = TargetNames.Purchases,
                Figure = "MAE",
                Champion = own.Purchases.Mae,
                Rule = purchases.Name,
                RuleFigure = purchases.Purchases.Mae,
                Difference = difference.Purchases,
                Standing = Judge(difference.Purchases, lowerIsBetter: true),
            },
            new TargetComparison
            {
                Target = TargetNames.Spend,
                Figure = "MAE",
                Champion = own.Spend.Mae,
                Rule = spend.Name,
                RuleFigure = spend.Spend.Mae,
                Difference = difference.Spend,
                Standing = Judge(difference.Spend, lowerIsBetter: true),
            },
            new TargetComparison
            {
                Target = TargetNames.Churn,
                Figure = "AUC",
                Champion = own.Churn.Auc,
                Rule = churn.Name,
                RuleFigure = churn.Churn.Auc,
                Difference = auc,
                Standing = Judge(auc, lowerIsBetter: false),
            },
        ];
        return _report.KnowsMoney() ? all : [.. all.Where(target => target.Target != TargetNames.Spend)];
    }

    /// <summary>Churners reached by churn probability.</summary>
    public GainCurve ChurnGain()
    {
        string? rule = _rules.Count == 0 ? null : Rule(candidate => candidate.Churn.Auc).Name;
        double[] churned = Array.ConvertAll(_holdout.Churned.ToArray(), stayedAway => stayedAway ? 1.0 : 0.0);
        return GainCurve.Of(_champion.ChurnProbability, rule, rule is null ? default : _rules[rule].ChurnProbability, churned);
    }

    /// <summary>Spend reached by expected spend.</summary>
    public GainCurve SpendGain()
    {
        string? rule = _rules.Count == 0 ? null : Rule(candidate => candidate.Spend.NormalizedGini).Name;
        double[] spend = Array.ConvertAll(_holdout.Spend.ToArray(), amount => Math.Max(amount, 0));
        return GainCurve.Of(_champion.ExpectedSpend, rule, rule is null ? default : _rules[rule].ExpectedSpend, spend);
    }

    private CandidateDifferences DifferencesOf(Entrant entrant, RaceResult result, RaceInput input)
    {
        bool isChampion = entrant.Model.Name == _report.Champion;
        CustomerLosses losses = isChampion ? _championLosses
            : CustomerLosses.Of(_holdout, _rules.GetValueOrDefault(entrant.Model.Name) ?? result.Said.Of(entrant.Model));
        return new CandidateDifferences(entrant.Model.Name, _bestRule is null ? null : losses.Minus(_bestRule, input.Seed), isChampion ? null : losses.Minus(_championLosses, input.Seed));
    }

    private CandidateReport Figures(string name) => _report.Candidates.Single(candidate => candidate.Name == name);

    private CandidateReport Rule(Func<CandidateReport, double> merit) =>
        _report.Candidates.Where(candidate => candidate.IsBaseline).MaxBy(candidate => merit(candidate) is var value && double.IsNaN(value) ? double.NegativeInfinity : value)!;

    private static Standing Judge(Interval difference, bool lowerIsBetter) =>
        difference.High < 0 ? (lowerIsBetter ? Standing.Better : Standing.Worse)
        : difference.Low > 0 ? (lowerIsBetter ? Standing.Worse : Standing.Better)
        : Standing.NoDifferent;
}
