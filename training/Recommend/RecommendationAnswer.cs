using CustomerValue.Strategy;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Training.Recommend;

/// <summary>One customer's recommendation: a line of <c>recommend --out</c>.</summary>
internal sealed record RecommendationAnswer(
    string CustomerId,
    DateOnly AsOf,
    string ModelVersion,
    double RealisedValue,
    double CurrentValue,
    double PotentialValue,
    double? PotentialP10,
    double? PotentialP90,
    double InfluenceValue,
    double TotalValue,
    double Headroom,
    double ChurnProbability,
    double? CostToServe,
    double? CurrentIndex,
    double? PotentialIndex,
    double? ValueIndex,
    Quadrant Quadrant,
    double QuadrantProbability,
    QuadrantProbabilities QuadrantProbabilities,
    bool Held,
    LifecycleStage Stage,
    double Lateness,
    Recommendation Strategy,
    Practice Practice,
    IReadOnlyList<string> Reasons)
{
    public static RecommendationAnswer Of(StrategyResult result, int row, Language language)
    {
        CustomerStrategies all = result.Strategies;
        return new RecommendationAnswer(
            all.Ids[row], all.AsOf, result.Scored.ModelVersion, all.Realised[row], all.Current[row], all.Potential[row],
            all.PotentialP10.Length > 0 ? all.PotentialP10[row] : null, all.PotentialP90.Length > 0 ? all.PotentialP90[row] : null,
            all.Influence[row], all.Total[row], all.Headroom[row], all.ChurnProbability[row], result.YearCost?[row],
            Known(result.Scorecard.Current[row]), Known(result.Scorecard.Potential[row]), Known(result.Scorecard.Index[row]),
            all.Quadrant[row], all.Probability(all.Quadrant[row])[row],
            new QuadrantProbabilities(all.RetainProbability[row], all.DevelopProbability[row], all.MaintainProbability[row], all.CultivateProbability[row]),
            all.Held[row], all.Stage[row], all.Lateness[row], all.Recommendation[row],
            Wording.In(language).Practice(all.Recommendation[row], all.Recipe.Options), all.Reasons(row, language));
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>Probability of each quadrant; they sum to 1.</summary>
internal sealed record QuadrantProbabilities(double Retain, double Develop, double Maintain, double Cultivate);
