using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Training.Features;

/// <summary>Counts snapshots as they pass on their way to a file.</summary>
internal sealed class FeaturesTally
{
    private readonly List<FeaturesAtDay> _days = [];
    private readonly List<Finding> _findings = [];

    /// <summary>What each day came to, in the order they came.</summary>
    public IReadOnlyList<FeaturesAtDay> Days => _days;

    /// <summary>Doubts about features, each once.</summary>
    public IReadOnlyList<Finding> Findings => [.. _findings.Distinct()];

    /// <summary>The same snapshots; each is counted as it is taken.</summary>
    public IEnumerable<Snapshot> Of(IEnumerable<Snapshot> snapshots) => snapshots.Select(snapshot =>
    {
        FeaturesAtDay day = FeaturesAtDay.Of(snapshot);
        if (_days is [.., var last] && last.Cutoff == day.Cutoff)
            _days[^1] = last.And(day);
        else
            _days.Add(day);
        _findings.AddRange(snapshot.Features.Findings);
        return snapshot;
    });
}
