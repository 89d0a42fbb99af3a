using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Forecasting;

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
