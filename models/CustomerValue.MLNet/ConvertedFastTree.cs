using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Store;

namespace CustomerValue.MLNet;

/// <summary>Reads versions that hold <c>ml-net-fast-tree</c> by their converted trees; needs no ML.NET and trains nothing.</summary>
/// <param name="priors">Reads the prior of a saved model.</param>
internal sealed class ConvertedFastTree(IPriorTrainer priors) : ICandidateTrainer
{
    /// <summary>Name of the candidate.</summary>
    public const string CandidateName = "ml-net-fast-tree";

    /// <summary>ML.NET's own file in a version.</summary>
    public const string ZipName = $"{CandidateName}.zip";

    public string Name => CandidateName;

    public bool IsBaseline => false;

    public string? WhyNot(TrainingSet training) => $"the ML.NET engine is {MLNetEngine.Status}";

    public FittedCandidate Fit(TrainingSet training, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        throw new NotSupportedException($"{Name} cannot be trained: the ML.NET engine is {MLNetEngine.Status}.");

    public ICustomerModel Read(VersionReader reader) => BoostedModel.Read(Name, reader, priors);
}
