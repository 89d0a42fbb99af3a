using System.Globalization;
using System.Numerics;

namespace CustomerValue.Decisions.Optimisation;

/// <summary>Who could get which action, what it would earn and cost, and what limits the whole: a multiple-choice knapsack problem with several limits.</summary>
/// <remarks>Kellerer, Pferschy and Pisinger (2004), Knapsack Problems, chapter 11 (multiple choice) and 9 (several limits).</remarks>
public sealed class PlanProblem
{
    /// <summary>Most actions of a problem.</summary>
    public const int MaxActions = 64;

    /// <summary>Most limits of a problem.</summary>
    public const int MaxLimits = 64;

    /// <summary>Customers.</summary>
    public required int Customers { get; init; }

    /// <summary>Actions, at most <see cref="MaxActions"/>.</summary>
    public required int Actions { get; init; }

    /// <summary>Expected gain after cost, money: at customer x <see cref="Actions"/> + action; NaN where the action is not allowed.</summary>
    public required double[] Gain { get; init; }

    /// <summary>Cost, money, 0 or more, in the same order.</summary>
    public required double[] Cost { get; init; }

    /// <summary>Limits on the whole plan.</summary>
    public IReadOnlyList<Limit> Limits { get; init; } = [];

    /// <summary>Most actions a customer gets. Default 1; allowed 1 to 8.</summary>
    public int MostActions { get; init; } = 1;

    /// <summary>For each action the set of actions, as bits, that a customer cannot get beside it; null for none.</summary>
    public ulong[]? Excludes { get; init; }

    /// <summary>Everything that is wrong, a sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Violations()
    {
        List<string> violations = [];
        if (Actions is < 1 or > MaxActions)
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Found {Actions} actions, expected 1 to {MaxActions}."));
        if (MostActions is < 1 or > 8)
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Found {MostActions} actions a customer, expected 1 to 8."));
        long options = (long)Customers * Actions;
        if (Gain.Length != options || Cost.Length != options)
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Found {Gain.Length} gains and {Cost.Length} costs, expected {options} of each: customers x actions."));
        else
            for (int o = 0; o < options; o++)
                if (!double.IsNaN(Gain[o]) && (!double.IsFinite(Gain[o]) || !(Cost[o] >= 0) || !double.IsFinite(Cost[o])))
                {
                    violations.Add(string.Create(CultureInfo.InvariantCulture, $"Customer {o / Actions}, action {o % Actions}: found gain {Gain[o]} and cost {Cost[o]}, expected a finite gain and a cost of 0 or more."));
                    break;
                }
        if (Excludes is { } excludes && excludes.Length != Actions)
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Found {excludes.Length} sets of exclusions, expected {Actions}."));
        foreach (Limit limit in Limits)
        {
            if (limit.UnitsByAction is { } units && (units.Count != Actions || units.Any(unit => !(unit >= 0) || !double.IsFinite(unit))))
                violations.Add($"Limit '{limit.Name}': expected a finite number of units of 0 or more for every action.");
            if (limit.Members is { } members && members.Length != Customers)
                violations.Add(string.Create(CultureInfo.InvariantCulture, $"Limit '{limit.Name}': found {members.Length} memberships, expected {Customers}."));
            if (limit.Least is { } least && (!(least >= 0) || !double.IsFinite(least)) || limit.Most is { } most && (!(most >= 0) || !double.IsFinite(most)) || limit.LeastShare is { } share && !(share is >= 0 and <= 1))
                violations.Add($"Limit '{limit.Name}': expected a floor and a ceiling of 0 or more and a share of 0 to 1.");
            if (limit.LeastShare is not null && limit.Members is null)
                violations.Add($"Limit '{limit.Name}': a fair share needs members; name the segment.");
        }
        return violations;
    }

    /// <summary>Whether a set of actions may stand together.</summary>
    internal bool Allowed(ulong set)
    {
        if (BitOperations.PopCount(set) > MostActions)
            return false;
        if (Excludes is { } excludes)
            for (ulong rest = set; rest != 0; rest &= rest - 1)
                if ((excludes[BitOperations.TrailingZeroCount(rest)] & set & ~(rest & (~rest + 1))) != 0)
                    return false;
        return true;
    }
}
