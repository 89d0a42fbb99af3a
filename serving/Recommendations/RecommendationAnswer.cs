using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Explanations;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
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

/// <summary>What one customer is worth, and what to do.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="RealisedValue">Margin so far less cost to serve; money.</param>
/// <param name="CurrentValue">Net margin a year at the present run rate; money a year.</param>
/// <param name="PotentialValue">Discounted expected net margin over the value horizon; money.</param>
/// <param name="PotentialP10">Lower end of its 80 % interval; null where the model gives none.</param>
/// <param name="PotentialP90">Upper end of its 80 % interval.</param>
/// <param name="InfluenceValue">Value credited for customers referred. A call brings no referrals, so it is 0 here.</param>
/// <param name="TotalValue">Realised, potential and influence together.</param>
/// <param name="Headroom">What the top quarter of look-alikes bring beyond the potential value; money.</param>
/// <param name="ChurnProbability">Probability of no purchase within the horizon.</param>
/// <param name="CostToServe">Cost to serve in the 365 days before the day; null where the version knows no rates.</param>
/// <param name="CurrentIndex">Current value on the version's scorecard, 0 to 100; null where none of its indicators is known.</param>
/// <param name="PotentialIndex">Potential value on the version's scorecard, 0 to 100, likewise.</param>
/// <param name="ValueIndex">Both together, 0 to 100, likewise.</param>
/// <param name="Quadrant">Current by potential value.</param>
/// <param name="QuadrantProbability">Probability that the customer belongs there.</param>
/// <param name="QuadrantProbabilities">Probability of each quadrant.</param>
/// <param name="Stage">Where the customer stands, by their own rhythm.</param>
/// <param name="Lateness">Days since the last purchase over the customer's usual gap plus its deviation.</param>
/// <param name="Strategy">What to do.</param>
/// <param name="Names">Quadrant and stage in the language asked for.</param>
/// <param name="Practice">What the strategy means in practice, in the language asked for.</param>
/// <param name="Reasons">Why, a sentence each, most important first, in the language asked for.</param>
/// <param name="ChurnReasons">What raised and lowered the churn probability most, in English; filled where the call asks for reasons.</param>
internal sealed record CustomerRecommendation(
    string CustomerId,
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
    LifecycleStage Stage,
    double Lateness,
    Recommendation Strategy,
    StrategyNames Names,
    Practice Practice,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<Reason> ChurnReasons)
{
    public static CustomerRecommendation Of(StrategyResult result, int row, Language language)
    {
        CustomerStrategies all = result.Strategies;
        Wording words = Wording.In(language);
        return new CustomerRecommendation(
            all.Ids[row], all.Realised[row], all.Current[row], all.Potential[row],
            all.PotentialP10.Length > 0 ? all.PotentialP10[row] : null, all.PotentialP90.Length > 0 ? all.PotentialP90[row] : null,
            all.Influence[row], all.Total[row], all.Headroom[row], all.ChurnProbability[row], result.YearCost?[row],
            Known(result.Scorecard.Current[row]), Known(result.Scorecard.Potential[row]), Known(result.Scorecard.Index[row]),
            all.Quadrant[row], all.Probability(all.Quadrant[row])[row],
            new QuadrantProbabilities(all.RetainProbability[row], all.DevelopProbability[row], all.MaintainProbability[row], all.CultivateProbability[row]),
            all.Stage[row], all.Lateness[row], all.Recommendation[row],
            new StrategyNames(words.Name(all.Quadrant[row]), words.Name(all.Stage[row])),
            words.Practice(all.Recommendation[row], all.Recipe.Options), all.Reasons(row, language), result.Scored[row].Reasons);
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>Probability of each quadrant; they sum to 1.</summary>
/// <param name="Retain">High current, low potential value.</param>
/// <param name="Develop">High current, high potential value.</param>
/// <param name="Maintain">Low current, low potential value.</param>
/// <param name="Cultivate">Low current, high potential value.</param>
internal sealed record QuadrantProbabilities(double Retain, double Develop, double Maintain, double Cultivate);

/// <summary>Words as people read them.</summary>
/// <param name="Quadrant">The quadrant.</param>
/// <param name="Stage">The lifecycle stage.</param>
internal sealed record StrategyNames(string Quadrant, string Stage);
