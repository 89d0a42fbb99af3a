namespace CustomerValue.Serving.Models;

/// <summary>Whether predictions can be answered, and by what.</summary>
/// <param name="Status"><c>ready</c>, or <c>unavailable</c> where no model serves.</param>
/// <param name="Champion">The version that serves; null where none does.</param>
/// <param name="Refused">The version that was refused last since this process started, while the one before it went on serving; null where none was.</param>
internal sealed record Readiness(string Status, ServingVersion? Champion, RefusedVersion? Refused)
{
    /// <summary>The call that the version failed to answer last; null where there was none.</summary>
    public FailedAnswer? LastFailure { get; init; }

    /// <summary>The version that is tried against it; null where none is.</summary>
    public ChallengerState? Challenger { get; init; }
}

/// <summary>The version that is tried against the champion.</summary>
/// <param name="Version">Its name; null where the one that was named cannot be told.</param>
/// <param name="Loaded">Since when it is loaded here; null where it is not.</param>
/// <param name="Refused">Why it is not; null where it is.</param>
/// <param name="LastFailure">The call that it failed to answer last; null where there was none.</param>
internal sealed record ChallengerState(string? Version, DateTimeOffset? Loaded, RefusedVersion? Refused, FailedAnswer? LastFailure);

/// <summary>A version that serves.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Model">Name of its model.</param>
/// <param name="Created">When it was trained.</param>
/// <param name="Since">Since when it serves.</param>
internal sealed record ServingVersion(string Version, string Model, DateTimeOffset Created, DateTimeOffset Since);

/// <summary>A promoted version that this service does not serve.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Reason">What is wrong with it, and the way out.</param>
/// <param name="Since">When it was first refused.</param>
/// <param name="LastTried">When it was tried last; while it is promoted it is tried every ten seconds.</param>
internal sealed record RefusedVersion(string Version, string Reason, DateTimeOffset Since, DateTimeOffset LastTried);
