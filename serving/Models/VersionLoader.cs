using System.Diagnostics;
using CustomerValue.Decisions.Versions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Telemetry;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Serving.Models;

/// <summary>Loads and verifies versions.</summary>
internal sealed class VersionLoader(ModelStore store, CandidateCatalogue candidates, TimeProvider clock)
{
    /// <exception cref="ModelStoreException">The version cannot serve.</exception>
    public ServedModel Load(string version)
    {
        using Activity? step = ServiceMeter.Steps.StartActivity("load version")?.SetTag(ServiceMeter.VersionLabel, version);
        VersionReader reader = store.Open(version);
        ScoringModel model = ScoringModel.Load(reader, candidates);
        return new ServedModel(model, StrategyOfVersion.Load(reader), DecisionsOfVersion.Load(reader), reader.Manifest, DriftOf(reader, model), clock.GetUtcNow());
    }

    private static DriftWatch? DriftOf(VersionReader reader, ScoringModel model) => reader.Manifest.Files.Any(file => file.Name == DriftBaseline.FileName)
        ? new DriftWatch(reader.ReadJson<DriftBaseline>(DriftBaseline.FileName), model.Features, new DriftOptions()) : null;
}
