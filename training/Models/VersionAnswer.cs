using CustomerValue.Models.Versions;

namespace CustomerValue.Training.Models;

/// <summary>What <c>models list --json</c> gives.</summary>
/// <param name="Store">Folder of the store.</param>
/// <param name="Champion">The version that serves, or null.</param>
/// <param name="Versions">All whole versions, oldest first.</param>
internal sealed record VersionsAnswer(string Store, string? Champion, IReadOnlyList<VersionSummary> Versions);

/// <summary>What <c>models promote --json</c> and <c>models rollback --json</c> give.</summary>
/// <param name="Champion">The version that serves now.</param>
/// <param name="Before">The version that served before, or null.</param>
internal sealed record ChampionAnswer(string Champion, string? Before);

/// <summary>What <c>models challenge --json</c> gives.</summary>
/// <param name="Challenger">The version that is tried now, or null.</param>
/// <param name="Before">The version that was tried before, or null.</param>
internal sealed record ChallengerAnswer(string? Challenger, string? Before);

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
