using CustomerValue.Decisions.Deciding;
using CustomerValue.Reporting.Design;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Portfolio;

namespace CustomerValue.Reporting.Portfolio;

/// <summary>Three sentences that a manager repeats about a portfolio, or about the plan that was made for it.</summary>
internal static class PortfolioLeads
{
    private const double Fifth = 0.2;

    /// <summary>The sentences.</summary>
    public static IReadOnlyList<Lead> Of(PortfolioReport report) => report.Plan is { } plan ? Planned(report, plan) : Held(report);

    private static IReadOnlyList<Lead> Held(PortfolioReport report)
    {
        PortfolioSummary sums = report.Summary;
        PageText text = report.Text;
        double top = sums.PotentialConcentration.TopShares.First(point => point.Customers >= Fifth - 1e-9).Value;
        return
        [
            new(text["lead.top"], text.With("lead.top.note", Readable.Percent(WhaleCurve.Of(report.Result.Strategies.Realised).ShareOfTop(Fifth) ?? double.NaN)), Readable.Percent(top)),
            new(text["lead.point"], text.With("lead.point.note", report.Money(sums.EquityAtRisk), report.Money(sums.Equity)), report.Money(sums.RetentionPoint), "good"),
            new(text.With("lead.below", Readable.Count(sums.BelowZero)), text["lead.below.note"], report.Money(sums.LossBelowZero), sums.BelowZero > 0 ? "warn" : "good"),
        ];
    }

    private static IReadOnlyList<Lead> Planned(PortfolioReport report, DecisionPlan plan)
    {
        PageText text = report.Text;
        SimpleRule best = plan.SimpleRules.MaxBy(rule => rule.Gain)!;
        return
        [
            new(text.With("lead.equity", Readable.Count(report.Summary.Customers)), text.With("lead.point.note", report.Money(report.Summary.EquityAtRisk), report.Money(report.Summary.Equity)), report.Money(report.Summary.Equity)),
            new(text["plan.rests"], text["plan.measure"], Readable.Percent(plan.AssumedShare), plan.AssumedShare > 0.5 ? "warn" : "good"),
            best.Gain > 0 ? new(text.With("plan.rule", text[$"rule.{best.Rule}"], plan.Playbook.Actions[best.Action].Name.In(report.Language), report.Money(best.Cost)), text["plan.rule.note"], report.Money(best.Gain))
                : new(text["plan.norule"]),
        ];
    }
}
