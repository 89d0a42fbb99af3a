using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>What there is to learn from before a cutoff.</summary>
public sealed record TrainingSet
{
    /// <summary>The population at the cutoff; its future is unknown.</summary>
    public required Snapshot Latest { get; init; }

    /// <summary>Snapshots at earlier cutoffs, oldest first, whose outcomes end at or before the cutoff; empty where history is short.</summary>
    public required PastOrigins Past { get; init; }

    /// <summary>The prior fitted at the cutoff that boosting starts from; null where none could be fitted.</summary>
    public required IPriorModel? Prior { get; init; }

    /// <summary>The race as it was run at earlier cutoffs, with outcomes, latest first; empty where history is short. Weights and choices are made on them.</summary>
    public required IReadOnlyList<Validation> Validations { get; init; }

    /// <summary>Whether the race is one of the past, on which weights and choices are made and nothing else: who averages over luck may do less of it.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>How far ahead is predicted.</summary>
    public required Horizon Horizon { get; init; }

    /// <summary>Seed of everything drawn by chance.</summary>
    public required int Seed { get; init; }

    /// <summary>Threads to use, at least 1.</summary>
    public required int Threads { get; init; }

    private readonly List<ICustomerModel> _earlier = [];

    private readonly Dictionary<Type, object> _shared = [];

    /// <summary>What several candidates of one race need, made by who asks first.</summary>
    internal T Shared<T>(Func<TrainingSet, T> make) where T : class
    {
        if (!_shared.TryGetValue(typeof(T), out object? made))
            _shared.Add(typeof(T), made = make(this));
        return (T)made;
    }

    /// <summary>What models say of the population at the cutoff.</summary>
    public Predictions Said => field ??= new(Latest, Horizon);

    /// <summary>The level at which the whole base is expected to stand from the cutoff on.</summary>
    public LevelCurve Level { get => field ?? LevelCurve.Flat(Latest.Window.Cutoff); init; }

    /// <summary>Models of this race that were fitted before, naive rules left out: for candidates made of others.</summary>
    public IReadOnlyList<ICustomerModel> Earlier => _earlier;

    internal void Add(ICustomerModel model) => _earlier.Add(model);
}
