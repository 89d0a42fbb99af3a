using CustomerValue.Decisions.Versions;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Serving.Models;

/// <summary>A loaded, verified version; immutable, so that calls in flight keep theirs while another takes over.</summary>
/// <param name="Model">The model.</param>
/// <param name="Strategy">The strategy that travels with it; null where it was trained before strategy travelled with versions.</param>
/// <param name="Decisions">The playbook that travels with it; null where it was trained before playbooks travelled with versions.</param>
/// <param name="Manifest">What the version is.</param>
/// <param name="Drift">Watches how far those it answers for lie from those it was trained on; null where the version holds nothing to compare with.</param>
/// <param name="Since">Since when it serves.</param>
internal sealed record ServedModel(ScoringModel Model, StrategyOfVersion? Strategy, DecisionsOfVersion? Decisions, Manifest Manifest, DriftWatch? Drift, DateTimeOffset Since)
{
    /// <summary>How its answers went since it was loaded.</summary>
    public AnswerRecord Record { get; } = new();
}
