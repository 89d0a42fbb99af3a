namespace CustomerValue.Decisions.Optimisation;

/// <summary>How hard the optimiser tries.</summary>
public sealed record OptimiserOptions
{
    /// <summary>Choices looked at in closing the gap; a hundred million take about a second. Default 100,000,000; 0 leaves the gap as it is.</summary>
    public long Effort { get; init; } = 100_000_000;

    /// <summary>Most rounds of prices. Default 200.</summary>
    public int MostRounds { get; init; } = 200;

    /// <summary>Share of the bound below which prices are not searched further. Default 1e-7.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Threads, at least 1. The plan does not depend on them. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Prices to begin with, from an earlier solution of the same limits; null to begin without.</summary>
    public IReadOnlyList<double>? Start { get; init; }
}

/// <summary>What a plan uses of a limit, and what the limit costs.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Used">What the members use of it.</param>
/// <param name="CeilingPrice">What one unit more of the ceiling would earn; 0 where it does not bind.</param>
/// <param name="FloorPrice">What one unit less of the floor would earn.</param>
/// <param name="SharePrice">What one unit less of the share's claim would earn.</param>
public sealed record LimitUse(Limit Limit, double Used, double CeilingPrice, double FloorPrice, double SharePrice);

/// <summary>The smallest change of one limit, or of several together, that would let a plan exist.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Side">Which of its sides: <c>ceiling</c>, <c>floor</c> or <c>share</c>.</param>
/// <param name="Now">Its value now.</param>
/// <param name="Needed">The value that would do; for a share, by how many units the members fall short of it.</param>
/// <param name="Alone">Whether this change alone would do; otherwise all that are not alone are needed together.</param>
public sealed record Relaxation(Limit Limit, string Side, double Now, double Needed, bool Alone);

/// <summary>A plan with what it earns, and how far from the best it can be at most.</summary>
public sealed record PlanSolution
{
    /// <summary>Actions of each customer as bits.</summary>
    public required ulong[] Sets { get; init; }

    /// <summary>What the plan earns after cost; money.</summary>
    public required double Gain { get; init; }

    /// <summary>What it costs; money.</summary>
    public required double Cost { get; init; }

    /// <summary>No plan within the limits earns more.</summary>
    public required double Bound { get; init; }

    /// <summary>Whether a plan within the limits was found; without one nobody gets anything, and <see cref="Relaxations"/> says why.</summary>
    public required bool Feasible { get; init; }

    /// <summary>The limits, what is used of them and what they cost, in the order of the problem.</summary>
    public required IReadOnlyList<LimitUse> Limits { get; init; }

    /// <summary>What would have to give where no plan keeps every limit; empty otherwise.</summary>
    public IReadOnlyList<Relaxation> Relaxations { get; init; } = [];

    /// <summary>Prices of the rows within, to begin a like problem with.</summary>
    public required IReadOnlyList<double> Prices { get; init; }

    /// <summary>The share of the bound that the plan may miss at most: 0 is proven best.</summary>
    public double Gap => Feasible && Bound > Gain ? (Bound - Gain) / Math.Max(Math.Abs(Bound), 1e-12) : 0;
}
