using CustomerValue.Models.Store;

namespace CustomerValue.Training.Models;

/// <summary>What <c>models list --json</c> gives.</summary>
/// <param name="Store">Folder of the store.</param>
/// <param name="Champion">The version that serves, or null.</param>
/// <param name="Versions">All whole versions, oldest first.</param>
internal sealed record VersionsAnswer(string Store, string? Champion, IReadOnlyList<VersionAnswer> Versions);

/// <summary>One version in short.</summary>
/// <param name="Version">Its name.</param>
/// <param name="IsChampion">Whether it serves.</param>
/// <param name="Created">When it was published; null where the manifest is damaged.</param>
/// <param name="Model">Name of the champion candidate.</param>
/// <param name="Cutoff">Everything before this day was learnt from.</param>
/// <param name="HorizonDays">Days ahead that are predicted.</param>
/// <param name="Customers">Customers in the training data.</param>
/// <param name="PurchasesMae">On the holdout; null where nothing was measured.</param>
/// <param name="SpendMae">On the holdout.</param>
/// <param name="ChurnAuc">On the holdout.</param>
/// <param name="Problem">Why the version cannot be used, or null.</param>
internal sealed record VersionAnswer(
    string Version,
    bool IsChampion,
    DateTimeOffset? Created,
    string? Model,
    DateOnly? Cutoff,
    int? HorizonDays,
    int? Customers,
    double? PurchasesMae,
    double? SpendMae,
    double? ChurnAuc,
    string? Problem)
{
    /// <summary>A version of a store; a damaged manifest becomes a problem, not an exception.</summary>
    public static VersionAnswer Of(ModelStore store, string version)
    {
        bool champion = version == store.Champion;
        try
        {
            Manifest manifest = store.Open(version).Manifest;
            CustomerValue.Models.Evaluation.CandidateReport? report = manifest.Evaluation?.Candidates.FirstOrDefault(candidate => candidate.Name == manifest.Evaluation.Champion);
            return new VersionAnswer(version, champion, manifest.Created, manifest.Model, manifest.Cutoff, manifest.HorizonDays, manifest.Data.Customers,
                report?.Purchases.Mae, report?.Spend.Mae, report?.Churn.Auc, null);
        }
        catch (ModelStoreException error)
        {
            return new VersionAnswer(version, champion, null, null, null, null, null, null, null, null, error.Message);
        }
    }
}

/// <summary>What <c>models promote --json</c> and <c>models rollback --json</c> give.</summary>
/// <param name="Champion">The version that serves now.</param>
/// <param name="Before">The version that served before, or null.</param>
internal sealed record ChampionAnswer(string Champion, string? Before);

/// <summary>What <c>models verify --json</c> gives.</summary>
/// <param name="Store">Folder of the store.</param>
/// <param name="Versions">Each version that was looked at.</param>
internal sealed record VerifyAnswer(string Store, IReadOnlyList<VerifiedVersion> Versions);

/// <summary>One version that was looked at.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Whole">Whether every file is as published and the golden histories score as they did.</param>
/// <param name="Files">Number of files; null where the manifest is damaged.</param>
/// <param name="Problem">What is wrong, or null.</param>
internal sealed record VerifiedVersion(string Version, bool Whole, int? Files, string? Problem);
