using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Versions;

/// <summary>One version of the store in short, the same on the command line and over HTTP.</summary>
public sealed record VersionSummary
{
    /// <summary>Its name.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it is promoted.</summary>
    public required bool IsChampion { get; init; }

    /// <summary>When it was trained; null where the version is damaged.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Name of its model.</summary>
    public string? Model { get; init; }

    /// <summary>The model introducing itself in one line.</summary>
    public string? Description { get; init; }

    /// <summary>Everything before this day was learnt from.</summary>
    public DateOnly? Cutoff { get; init; }

    /// <summary>Days ahead that churn, purchases and spend speak of.</summary>
    public int? HorizonDays { get; init; }

    /// <summary>Customers it was trained on.</summary>
    public int? Customers { get; init; }

    /// <summary>Its figures on the holdout; null where it was trained to the end of the data.</summary>
    public CandidateReport? Metrics { get; init; }

    /// <summary>Why the version cannot be used; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>A version of a store; a damaged manifest becomes a problem, not an exception.</summary>
    /// <param name="store">The store.</param>
    /// <param name="version">Name of the version.</param>
    /// <param name="champion">Name of the version that is promoted, or null.</param>
    public static VersionSummary Of(ModelStore store, string version, string? champion)
    {
        VersionSummary summary = new() { Version = version, IsChampion = version == champion };
        try
        {
            Manifest manifest = store.Open(version).Manifest;
            return summary with
            {
                Created = manifest.Created,
                Model = manifest.Model,
                Description = manifest.Description,
                Cutoff = manifest.Cutoff,
                HorizonDays = manifest.HorizonDays,
                Customers = manifest.Data.Customers,
                Metrics = manifest.Evaluation?.Candidates.FirstOrDefault(candidate => candidate.Name == manifest.Model),
            };
        }
        catch (ModelStoreException error)
        {
            return summary with { Problem = error.Message };
        }
    }
}
