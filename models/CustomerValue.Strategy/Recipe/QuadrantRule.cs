using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Strategy.Quadrants;

/// <summary>Puts customers into quadrants and recommends a strategy.</summary>
internal sealed class QuadrantRule(StrategyRecipe recipe)
{
    private readonly Thresholds _lines = recipe.Thresholds;
    private readonly StrategyOptions _options = recipe.Options;

    public Quadrant Label(double current, double potential, Quadrant? before)
    {
        bool highCurrent = IsHigh(current, _lines.Current, before is null ? null : before is Quadrant.Retain or Quadrant.Develop);
        bool highPotential = IsHigh(potential, _lines.Potential, before is null ? null : before is Quadrant.Develop or Quadrant.Cultivate);
        return (highCurrent, highPotential) switch
        {
            (true, true) => Quadrant.Develop,
            (true, false) => Quadrant.Retain,
            (false, true) => Quadrant.Cultivate,
            _ => Quadrant.Maintain,
        };
    }

    /// <summary>The four strategies; negative net current value without potential and influence leads to reprice, then self-service, and only then to letting go.</summary>
    public Recommendation Recommend(Quadrant quadrant, double current, double potential, double influence, GentleSteps taken)
    {
        if (current >= 0 || potential > _options.NoPotential || influence > 0)
            return (Recommendation)quadrant;
        return !taken.HasFlag(GentleSteps.Repriced) ? Recommendation.Reprice
            : !taken.HasFlag(GentleSteps.SelfService) ? Recommendation.SelfService : Recommendation.LetGo;
    }

    /// <summary>The line in money; on an index, the money at which it stands for this customer in proportion.</summary>
    public double PotentialLine(double potential, double axis) => InMoney(_lines.Potential, potential, axis);

    /// <summary>Probability that the yearly net margin behind what was seen reaches the line.</summary>
    public double CurrentAtLeast(double current, double axis, double mean, double variation)
    {
        double line = InMoney(_lines.Current, current, axis);
        return mean > 0 ? Normal.GammaAtLeast(line, mean, variation) : mean >= line && line < 0 ? 1 : 0;
    }

    /// <summary>Probability that both are high, for two events whose indicators are correlated: within the bounds that the two probabilities set.</summary>
    public double Both(double current, double potential)
    {
        double both = current * potential + _options.BeliefCorrelation * Math.Sqrt(current * (1 - current) * potential * (1 - potential));
        return Math.Min(Math.Max(both, current + potential - 1), Math.Min(current, potential));
    }

    private bool IsHigh(double value, double line, bool? before)
    {
        double band = _options.HysteresisBand * Math.Abs(line);
        // A line at 0 is no line: where nobody brings anything, nobody is high.
        return line == 0 ? value > 0 : value >= (before is null ? line : before.Value ? line - band : line + band);
    }

    private double InMoney(double line, double money, double axis) =>
        _options.Axes == ValueAxes.Money ? line : axis > 0 ? money * line / axis : double.PositiveInfinity;
}
