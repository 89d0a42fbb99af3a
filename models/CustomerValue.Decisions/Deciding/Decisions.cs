using System.Numerics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Optimisation;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Deciding;

/// <summary>What a simple rule would earn for the same money, with the action that suits it best.</summary>
/// <param name="Rule"><c>top-by-churn</c>, <c>top-by-value</c> or <c>everybody</c>.</param>
/// <param name="Action">Index of the action.</param>
/// <param name="Customers">How many get it.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Gain">What it earns after cost, by the same forecasts.</param>
public sealed record SimpleRule(string Rule, int Action, int Customers, double Cost, double Gain);

/// <summary>A point of the curve of money and gain.</summary>
/// <param name="Budget">Money.</param>
/// <param name="Spent">What of it is worth spending.</param>
/// <param name="Gain">What it earns after cost.</param>
public sealed record CurvePoint(double Budget, double Spent, double Gain);

/// <summary>What a plan gives an action.</summary>
/// <param name="Action">Index of the action.</param>
/// <param name="Customers">How many get it.</param>
/// <param name="Cost">What it costs, the fixed cost included.</param>
/// <param name="Gain">What it earns after all cost.</param>
/// <param name="Explored">How many at least get it so that its effect is measured; 0 for none.</param>
public sealed record ActionShare(int Action, int Customers, double Cost, double Gain, int Explored)
{
    /// <summary>Lower end of the 80 % interval of the gain.</summary>
    public double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public double High { get; init; }
}

/// <summary>Who gets what, what it should earn and how sure that is.</summary>
public sealed record DecisionPlan
{
    /// <summary>The customers.</summary>
    public required DecisionCustomers Customers { get; init; }

    /// <summary>The playbook.</summary>
    public required ActionPlaybook Playbook { get; init; }

    /// <summary>The optimiser's answer: limits, prices, gap.</summary>
    public required PlanSolution Solution { get; init; }

    /// <summary>Arithmetic of gains.</summary>
    public required GainModel Model { get; init; }

    /// <summary>Money and customers by action, those who get any.</summary>
    public required IReadOnlyList<ActionShare> Actions { get; init; }

    /// <summary>What the plan earns after all cost; money.</summary>
    public required double Gain { get; init; }

    /// <summary>Lower end of its 80 % interval: effects are shared by all who get an action, forecasts err each on their own.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double High { get; init; }

    /// <summary>What it costs, fixed costs included.</summary>
    public required double Cost { get; init; }

    /// <summary>Share of what effects bring that rests on assumed ones, 0 to 1.</summary>
    public required double AssumedShare { get; init; }

    /// <summary>What knowing effects better is worth, most first.</summary>
    public required IReadOnlyList<InformationValue> Information { get; init; }

    /// <summary>What the best simple rules would earn for the same money.</summary>
    public required IReadOnlyList<SimpleRule> SimpleRules { get; init; }

    /// <summary>Gain by budget, see <see cref="DecisionOptions.CurveShares"/>.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>What a plan without budget would cost and earn, capacities held.</summary>
    public required CurvePoint Unlimited { get; init; }

    /// <summary>Index of the action of a customer, or -1.</summary>
    public int ActionOf(int customer) => Solution.Sets[customer] == 0 ? -1 : BitOperations.TrailingZeroCount(Solution.Sets[customer]);
}
