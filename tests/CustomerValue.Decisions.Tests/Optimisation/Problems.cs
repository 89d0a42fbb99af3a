using CustomerValue.Decisions.Optimisation;

namespace CustomerValue.Decisions.Tests.Optimisation;

internal static class Problems
{
    /// <summary>The same problem with one limit replaced.</summary>
    public static PlanProblem With(PlanProblem problem, int limit, Limit replacement) => new()
    {
        Customers = problem.Customers,
        Actions = problem.Actions,
        Gain = problem.Gain,
        Cost = problem.Cost,
        Limits = [.. problem.Limits.Select((other, l) => l == limit ? replacement : other)],
        MostActions = problem.MostActions,
        Excludes = problem.Excludes,
    };
}
