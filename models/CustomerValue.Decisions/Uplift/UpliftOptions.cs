namespace CustomerValue.Decisions.Uplift;

/// <summary>How uplift is learnt and what it is worth.</summary>
public sealed record UpliftOptions
{
    /// <summary>Parts of the rows; each is scored by models of the others. Default 5; allowed 2 to 20.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Money a unit of the outcome is worth. Default 1, right where the outcome is margin.</summary>
    public double OutcomeValue { get; init; } = 1;

    /// <summary>What contacting one customer costs; money. Default 0.</summary>
    public double ContactCost { get; init; }

    /// <summary>Costs of single arms by name, where they differ; money a contact.</summary>
    public IReadOnlyDictionary<string, double> ArmCosts { get; init; } = new Dictionary<string, double>();

    /// <summary>Learners that are tried. Default all.</summary>
    public IReadOnlyList<UpliftLearner> Learners { get; init; } = Enum.GetValues<UpliftLearner>();

    /// <summary>Seed of folds, drawn rows and resamples. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads; results do not depend on them. 0 takes one a processor.</summary>
    public int Threads { get; init; }

    internal double CostOf(string arm) => ArmCosts.TryGetValue(arm, out double cost) ? cost : ContactCost;
}
