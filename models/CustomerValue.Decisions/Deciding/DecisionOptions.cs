namespace CustomerValue.Decisions.Deciding;

/// <summary>Money and people of a plan.</summary>
public sealed record DecisionOptions
{
    /// <summary>Money for the whole plan; null for no limit.</summary>
    public double? Budget { get; init; }

    /// <summary>Working days that daily capacities are counted over. Default 20.</summary>
    public int WorkingDays { get; init; } = 20;

    /// <summary>Least gain after cost for a unit of money: what brings less is left. Default 0.</summary>
    public double LeastReturn { get; init; }

    /// <summary>Share of the budget, 0 to .5, kept for measuring actions whose effect is least known and worth most to know. Default 0.</summary>
    public double ExplorationShare { get; init; }

    /// <summary>What a referred customer is worth; null for the mean potential value of the new ones, or of all.</summary>
    public double? NewCustomerValue { get; init; }

    /// <summary>Floors, ceilings and fair shares of strategies or segments.</summary>
    public IReadOnlyList<SegmentLimit> Segments { get; init; } = [];

    /// <summary>How many contacts owners can make with their customers; none for no limits.</summary>
    public IReadOnlyList<OwnerHands> Hands { get; init; } = [];

    /// <summary>Whether a customer, by index, may get an action, by index, beside what the playbook says; null for no further condition.</summary>
    public Func<int, int, bool>? MayGet { get; init; }

    /// <summary>
    /// Budgets of the curve of money and gain as shares of the budget or, without one, of what a plan without limit of money costs. Default null: from a quarter of the budget to
    /// twice of it, and no curve without a budget; empty for no curve.
    /// </summary>
    public IReadOnlyList<double>? CurveShares { get; init; }

    /// <summary>How hard the optimiser closes the gap, see <see cref="Optimisation.OptimiserOptions.Effort"/>. Default 20,000,000.</summary>
    public long Effort { get; init; } = 20_000_000;

    /// <summary>Threads; decisions do not depend on them. Default 1.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>A floor, ceiling or fair share of money for a segment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Members">Who belongs to it, by customer.</param>
/// <param name="Least">Least money; null for no floor.</param>
/// <param name="Most">Most money; null for no ceiling.</param>
/// <param name="LeastShare">Least share of what is spent; null for no claim.</param>
public sealed record SegmentLimit(string Name, bool[] Members, double? Least, double? Most, double? LeastShare);

/// <summary>How many contacts an owner can make through a channel.</summary>
/// <param name="Owner">The owner.</param>
/// <param name="Channel">The channel's id.</param>
/// <param name="Members">Their customers, by index.</param>
/// <param name="Daily">Contacts a working day.</param>
public sealed record OwnerHands(string Owner, string Channel, bool[] Members, double Daily);
