using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Optimisation;

/// <summary>What a limit counts.</summary>
public enum LimitMeasure
{
    /// <summary>Units an action takes, such as contacts or minutes.</summary>
    Units,

    /// <summary>Money the action costs.</summary>
    Money,
}

/// <summary>A limit on a whole plan: the budget, a capacity, a floor or ceiling of a segment, a fair share.</summary>
/// <param name="Name">Its name in words, for example <c>budget</c> or <c>calls of the phone team</c>.</param>
/// <param name="Measure">What it counts.</param>
public sealed record Limit(string Name, LimitMeasure Measure)
{
    /// <summary>The name in Chinese; <see cref="Name"/> where it has none.</summary>
    public string Chinese { get; init; } = Name;

    /// <summary>The name in a language.</summary>
    public string NameIn(Language language) => language == Language.Chinese ? Chinese : Name;

    /// <summary>Units each action takes of it, 0 or more, by action; null for one each. Multiplied by the cost where money is counted.</summary>
    public IReadOnlyList<double>? UnitsByAction { get; init; }

    /// <summary>Whom it counts: true by customer; null for all.</summary>
    public bool[]? Members { get; init; }

    /// <summary>Floor, or null.</summary>
    public double? Least { get; init; }

    /// <summary>Ceiling, or null.</summary>
    public double? Most { get; init; }

    /// <summary>Fair share: what is counted of the members is at least this share, 0 to 1, of what is counted of all; null for no such claim.</summary>
    public double? LeastShare { get; init; }

    /// <summary>The total budget.</summary>
    public static Limit Budget(double most) => new("budget", LimitMeasure.Money) { Most = most, Chinese = "预算" };
}
