using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Learning;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>One entrant of the race: learns a model from snapshots, and restores it from files.</summary>
public interface ICandidateTrainer
{
    /// <summary>Name of the candidate; also names its files in the store.</summary>
    string Name { get; }

    /// <summary>Whether it is a naive rule that the others must beat.</summary>
    bool IsBaseline { get; }

    /// <summary>Why it cannot run on this data, or null.</summary>
    string? WhyNot(TrainingSet training);

    /// <summary>Fits a model; the result does not depend on the number of threads.</summary>
    /// <exception cref="BadDataException">The data cannot carry this model.</exception>
    FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation);

    /// <summary>Restores what the model's <see cref="ICustomerModel.Save"/> wrote.</summary>
    /// <exception cref="ModelStoreException">The files are not this candidate's.</exception>
    ICustomerModel Read(VersionReader reader);
}

/// <summary>What there is to learn from before a cutoff.</summary>
/// <param name="Latest">The population at the cutoff; its future is unknown.</param>
/// <param name="Past">Snapshots at earlier cutoffs, oldest first, whose outcomes end at or before the cutoff; empty where history is short.</param>
/// <param name="Prior">The buy-till-you-die model fitted at the cutoff that boosting starts from; null where none could be fitted.</param>
/// <param name="Validation">The race as it was run at an earlier cutoff, with outcomes; null where history is short. Weights and choices are made on it.</param>
/// <param name="HorizonDays">Days ahead that are predicted.</param>
/// <param name="Seed">Seed of everything drawn by chance.</param>
/// <param name="Threads">Threads to use, at least 1.</param>
public sealed record TrainingSet(
    Snapshot Latest,
    PastOrigins Past, BuyTillYouDieModel? Prior, Validation? Validation, int HorizonDays, int Seed, int Threads)
{
    private readonly List<ICustomerModel> _earlier = [];

    /// <summary>Models of this race that were fitted before, for candidates made of others.</summary>
    public IReadOnlyList<ICustomerModel> Earlier => _earlier;

    internal void Add(ICustomerModel model) => _earlier.Add(model);
}

/// <summary>A fitted model and the doubts about its fit.</summary>
/// <param name="Model">The model.</param>
/// <param name="Findings">Doubts as data.</param>
public sealed record FittedCandidate(ICustomerModel Model, IReadOnlyList<Finding> Findings);
