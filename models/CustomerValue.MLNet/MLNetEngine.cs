using CustomerValue.MLNet.FastTree;
using CustomerValue.MLNet.Files;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.MLNet;

/// <summary>ML.NET as the rest of the house sees it: its version, and what it brings to the race.</summary>
public static class MLNetEngine
{
    /// <summary>Name of the candidate that every installation has.</summary>
    public const string CandidateName = FastTreeCandidate.CandidateName;

    /// <summary>Version of ML.NET in this program.</summary>
    public static string Version => MLNetVersion.Text;

    /// <summary>A catalogue with <c>ml-net-fast-tree</c> as an entrant, which reads saved models of every other <see cref="PipelineCandidate"/> too.</summary>
    /// <param name="catalogue">The candidates that every installation has.</param>
    /// <param name="fromPool">Whether its saved models answer through ML.NET's prediction engines in place of the converted trees.</param>
    /// <param name="inFull">Whether it learns from every row with all its trees, in place of the sample and the few trees that keep it from slowing the race.</param>
    /// <exception cref="ArgumentException">The name is taken, or the catalogue has no prior.</exception>
    public static CandidateCatalogue AddTo(CandidateCatalogue catalogue, bool fromPool = false, bool inFull = false)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        IPriorTrainer prior = catalogue.Prior
            ?? throw new ArgumentException($"Candidate '{catalogue.PriorName}' cannot be a prior, expected one that can: trees answer other horizons through it.", nameof(catalogue));
        return catalogue.With(FastTreeCandidate.Of(prior, inFull ? FastTreeSize.Full : FastTreeSize.Budget, fromPool))
            .WithUnknown(name => PipelineCandidate.Reader(name, prior, fromPool));
    }
}
