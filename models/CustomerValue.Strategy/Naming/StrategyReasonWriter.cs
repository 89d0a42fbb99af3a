using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy.Naming;

/// <summary>Says why a customer has their strategy.</summary>
internal static class StrategyReasonWriter
{
    private const double Unsure = 0.6;
    private const double WorthMentioning = 0.1;
    private const double LeastAlive = 1e-6;

    public static IReadOnlyList<string> Write(CustomerStrategies all, int row, Wording words)
    {
        List<string> reasons = [];
        Recommendation recommendation = all.Recommendation[row];
        if (recommendation is Recommendation.Reprice or Recommendation.SelfService or Recommendation.LetGo)
            reasons.Add(words.Reason($"loss-{recommendation}", -all.Current[row]));
        Quadrant quadrant = all.Quadrant[row];
        Axis("current", quadrant is Quadrant.Retain or Quadrant.Develop, all.CurrentAxis[row], all.Recipe.Thresholds.Current);
        Axis("potential", quadrant is Quadrant.Develop or Quadrant.Cultivate, all.PotentialAxis[row], all.Recipe.Thresholds.Potential);
        if (all.Held[row])
            reasons.Add(words.Reason("held", words.Name(quadrant), all.Recipe.Options.HysteresisBand));
        LifecycleStage stage = all.Stage[row];
        reasons.Add(words.Reason($"stage-{stage}", all.Input.SinceLastDays[row], all.Lateness[row]));
        if (recommendation == Recommendation.WinBack)
            reasons.Add(words.Reason("win-back", all.Potential[row] / Math.Max(all.Input.ProbabilityAlive[row], LeastAlive), all.Input.ProbabilityAlive[row]));
        if (all.Headroom[row] > WorthMentioning * Math.Abs(all.Recipe.Thresholds.Potential) && all.Headroom[row] > 0)
            reasons.Add(words.Reason("headroom", all.Headroom[row], all.Peers[row]));
        if (all.Influence[row] > 0)
            reasons.Add(words.Reason("influence", all.Influence[row]));
        double probability = all.Probability(quadrant)[row];
        if (probability < Unsure)
            reasons.Add(words.Reason("unsure", words.Name(quadrant), probability));
        return reasons;

        void Axis(string axis, bool high, double value, double line) =>
            reasons.Add(words.Reason($"{axis}-{(high == (value >= line) ? (high ? "high" : "low") : "near")}", value, line));
    }
}
