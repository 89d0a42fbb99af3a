using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Serving.Recommendations;

/// <summary>Values and strategies of all customers of a call, by one version.</summary>
/// <param name="ModelVersion">The version that answered, model and strategy both; the same for every customer of the call.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="HorizonDays">Days ahead that the churn probability speaks of.</param>
/// <param name="Lines">Where the version draws the lines between the quadrants.</param>
/// <param name="Recommendations">One recommendation a customer, in the order of the request.</param>
/// <param name="Findings">Doubts about the request that do not prevent an answer.</param>
internal sealed record RecommendationAnswer(
    string ModelVersion, DateOnly AsOf, int HorizonDays, QuadrantLines Lines, IReadOnlyList<CustomerRecommendation> Recommendations, IReadOnlyList<Finding> Findings);

/// <summary>The lines between low and high, learnt on the whole base; part of the version.</summary>
/// <param name="LearntAt">The day they were learnt at.</param>
/// <param name="Axes">What the axes are: money, or the scorecard's indices.</param>
/// <param name="Current">Line of current value, in the unit of the axes.</param>
/// <param name="Potential">Line of potential value, in the unit of the axes.</param>
internal sealed record QuadrantLines(DateOnly LearntAt, ValueAxes Axes, double Current, double Potential)
{
    public static QuadrantLines Of(StrategyOfVersion strategy) =>
        new(strategy.Recipe.LearntAt, strategy.Recipe.Options.Axes, strategy.Recipe.Thresholds.Current, strategy.Recipe.Thresholds.Potential);
}
