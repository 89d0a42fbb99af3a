using CustomerValue.Models.Candidates;

namespace CustomerValue.MLNet;

/// <summary>The ML.NET engine as the rest of the house sees it: whether it is on, and what it brings to the race.</summary>
public static partial class MLNetEngine
{
    /// <summary>Whether this build holds ML.NET.</summary>
    public static bool IsOn => Version is not null;

    /// <summary>
    /// A catalogue with <c>ml-net-fast-tree</c>: as an entrant where the engine is on. Where it is off the candidate does not race, but versions that
    /// hold it are read all the same, for they carry its trees in the house's format.
    /// </summary>
    /// <param name="catalogue">The candidates that every installation has.</param>
    /// <param name="fromPool">Whether its saved models answer through ML.NET's prediction engines in place of the converted trees.</param>
    /// <exception cref="ArgumentException">The catalogue has no prior.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="fromPool"/> where the engine is off.</exception>
    public static CandidateCatalogue AddTo(CandidateCatalogue catalogue, bool fromPool = false)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        if (fromPool && !IsOn)
            throw new InvalidOperationException($"ML.NET cannot answer from a pool: the engine is {Status}.");
        return Extend(catalogue, catalogue.Prior ?? throw new ArgumentException($"Candidate '{catalogue.PriorName}' cannot be a prior, expected one that can: trees answer other horizons through it.", nameof(catalogue)), fromPool);
    }
}
