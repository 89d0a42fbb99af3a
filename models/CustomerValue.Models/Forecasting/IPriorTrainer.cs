using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Forecasting;

/// <summary>A candidate that can be the prior: it needs no outcomes, so that it can be fitted again at every past origin.</summary>
public interface IPriorTrainer : ICandidateTrainer
{
    /// <summary>Whether a snapshot holds what it needs.</summary>
    bool CanFit(Snapshot snapshot);

    /// <summary>Fits on one snapshot's past; its outcomes are never looked at.</summary>
    /// <param name="snapshot">The population at a cutoff, one that <see cref="CanFit"/> accepts.</param>
    /// <param name="threads">Threads to use, at least 1; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the fit.</param>
    IPriorModel FitPrior(Snapshot snapshot, int threads, CancellationToken cancellation);

    /// <summary>Restores a saved prior.</summary>
    /// <exception cref="ModelStoreException">The files are not this candidate's.</exception>
    IPriorModel ReadPrior(VersionReader reader);
}
