using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Drift;

public sealed class DriftBaselineTests : IDisposable
{
    private static readonly DateOnly s_cutoff = new(2024, 8, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_version_carries_its_baseline_and_finds_no_drift_in_its_own_data()
    {
        TransactionLog log = Logs.Simulated(300, seed: 4);
        RaceInput input = Logs.Input(log, s_cutoff, 90);
        RaceResult result = new Race(CandidateCatalogue.Standard).Run(input);
        ModelStore store = new(_folder, TimeProvider.System);
        string version = VersionPublisher.Publish(store, input, result, new ValueOptions(), "tests", new Dictionary<string, string>()).Version;

        VersionReader reader = store.Open(version);
        DriftBaseline baseline = reader.ReadJson<DriftBaseline>(DriftBaseline.FileName);
        baseline.Should().BeEquivalentTo(DriftBaseline.Learn(result), options => options.ComparingByMembers<DriftBaseline>());
        baseline.UsualDays.Should().BePositive("the history holds a past origin");
        baseline.Performance.Actual!.Auc.Should().Be(result.Report!.Candidates.Single(candidate => candidate.Name == result.Report.Champion).Churn.Auc);

        ScoringModel model = ScoringModel.Load(reader, CandidateCatalogue.Standard);
        Snapshot snapshot = model.Snapshot(log, null, s_cutoff, withOutcomes: true, threads: 2, CancellationToken.None);
        DriftReport report = DriftDetector.Compare(version, baseline, DriftSample.Of(snapshot, model.Predict(snapshot)), new DriftOptions());

        report.Drifted.Should().BeFalse();
        report.Features.Should().OnlyContain(feature => feature.Stability == 0);
        report.Scores.Should().OnlyContain(score => score.Stability == 0);
    }
}
