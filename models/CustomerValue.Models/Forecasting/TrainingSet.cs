using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>What there is to learn from before a cutoff.</summary>
/// <param name="Latest">The population at the cutoff; its future is unknown.</param>
/// <param name="Past">Snapshots at earlier cutoffs, oldest first, whose outcomes end at or before the cutoff; empty where history is short.</param>
/// <param name="Prior">The prior fitted at the cutoff that boosting starts from; null where none could be fitted.</param>
/// <param name="Validations">The race as it was run at earlier cutoffs, with outcomes, latest first; empty where history is short. Weights and choices are made on them.</param>
/// <param name="Horizon">How far ahead is predicted.</param>
/// <param name="Seed">Seed of everything drawn by chance.</param>
/// <param name="Threads">Threads to use, at least 1.</param>
public sealed record TrainingSet(
    Snapshot Latest,
    PastOrigins Past,
    IPriorModel? Prior,
    IReadOnlyList<Validation> Validations,
    Horizon Horizon,
    int Seed,
    int Threads)
{
    private readonly List<ICustomerModel> _earlier = [];

    /// <summary>The level at which the whole base is expected to stand from the cutoff on.</summary>
    public LevelCurve Level { get; init; } = LevelCurve.Flat(Latest.Window.Cutoff);

    /// <summary>Models of this race that were fitted before, naive rules left out: for candidates made of others.</summary>
    public IReadOnlyList<ICustomerModel> Earlier => _earlier;

    internal void Add(ICustomerModel model) => _earlier.Add(model);
}
