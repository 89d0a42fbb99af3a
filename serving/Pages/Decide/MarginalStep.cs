using CustomerValue.Decisions.Deciding;

namespace CustomerValue.Serving.Pages.Decide;

/// <summary>What money earns between two budgets.</summary>
/// <param name="From">The smaller budget.</param>
/// <param name="To">The larger one.</param>
/// <param name="Earned">What a unit of money between them earns after cost.</param>
internal sealed record MarginalStep(double From, double To, double Earned)
{
    /// <summary>The steps of a curve, cheapest first.</summary>
    /// <param name="curve">Budgets and gains, ascending.</param>
    /// <param name="unit">Money that <see cref="Earned"/> speaks of.</param>
    public static IReadOnlyList<MarginalStep> Of(IReadOnlyList<CurvePoint> curve, double unit)
    {
        List<MarginalStep> steps = [];
        CurvePoint before = new(0, 0, 0);
        foreach (CurvePoint point in curve)
        {
            steps.Add(new MarginalStep(before.Budget, point.Budget, (point.Gain - before.Gain) / (point.Budget - before.Budget) * unit));
            before = point;
        }
        return steps;
    }

    /// <summary>A round piece of money to speak of: a tenth of a base's money or less.</summary>
    public static double Unit(double whole) => Math.Pow(10, Math.Floor(Math.Log10(Math.Max(whole, 10) / 5)));
}
