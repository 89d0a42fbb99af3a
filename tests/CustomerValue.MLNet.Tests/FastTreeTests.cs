using CustomerValue.Boosting;
using CustomerValue.Data.Features;
using CustomerValue.MLNet.FastTree;
using CustomerValue.MLNet.Serving;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using Microsoft.ML;

namespace CustomerValue.MLNet.Tests;

public sealed class FastTreeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plain_ml_net_program_scores_the_zip_as_the_converted_trees_score()
    {
        ModelStore store = new(_folder.Path, TimeProvider.System);
        string version = SmallShop.Publish(store, SmallShop.Input, SmallShop.Race).Version;
        Snapshot snapshot = SmallShop.Race.Latest;

        MLContext context = new();
        ITransformer model = context.Model.Load(Path.Combine(_folder.Path, version, "ml-net-fast-tree.zip"), out DataViewSchema input);
        PipelinePrediction[] zip = [.. context.Data.CreateEnumerable<PipelinePrediction>(model.Transform(snapshot.ToDataView()), reuseRowObject: false)];

        input.Select(column => column.Name).Should().Equal([.. snapshot.Features.Schema.Features.Select(feature => feature.Name), "Features"]);
        Alike(zip, SmallShop.Model.Predict(snapshot, SmallShop.HorizonDays));
    }

    [Fact]
    public void Missing_values_go_the_same_way_in_zip_and_converted_trees()
    {
        FeatureTable whole = SmallShop.Race.Latest.Features;
        Random random = new(3);
        FeatureTable holes = FeatureTable.From(whole.Schema, [.. Enumerable.Range(0, whole.Schema.Count).Select(f =>
            whole.Column(f).ToArray().Select(value => random.Next(3) == 0 ? float.NaN : random.Next(5) == 0 ? 0 : value).ToArray())]);
        Snapshot snapshot = new(SmallShop.Race.Latest.Aggregates, holes, null);

        Forecast zip = new VersionPool(SmallShop.Model.Companions["ml-net-fast-tree.zip"]).Predict(snapshot.Features);

        Alike([.. Enumerable.Range(0, zip.Count).Select(i => new PipelinePrediction
        {
            ChurnProbability = (float)zip.ChurnProbability[i], ExpectedPurchases = (float)zip.ExpectedPurchases[i], ExpectedSpend = (float)zip.ExpectedSpend[i],
        })], SmallShop.Model.Predict(snapshot, SmallShop.HorizonDays));
    }

    [Fact]
    public void Reasons_add_up_to_the_score()
    {
        Snapshot snapshot = SmallShop.Race.Latest;
        Booster churn = SmallShop.Model.Targets.Single(target => target.Target == Target.Churn).Boosters.Single();
        FeatureTable features = snapshot.Features;
        BoostingData data = new([.. features.Schema.Features.Select((feature, f) => FeatureColumn.Numeric(feature.Name, features.Column(f).ToArray()))]);
        double[] raw = new double[snapshot.Count], parts = new double[snapshot.Count * churn.ContributionsWidth];
        churn.PredictRaw(data, raw);
        churn.Contributions(data, parts);

        for (int i = 0; i < raw.Length; i++)
            parts.AsSpan(i * churn.ContributionsWidth, churn.ContributionsWidth).ToArray().Sum().Should().BeApproximately(raw[i], 1e-5);
        parts.Where((_, i) => i % churn.ContributionsWidth == churn.ContributionsWidth - 1).Distinct().Should().ContainSingle("the mean over the training rows is one number");
    }

    [Fact]
    public void The_same_seed_gives_the_same_files_and_another_seed_others()
    {
        SmallShop.Publish(new ModelStore(_folder.Path, TimeProvider.System), SmallShop.Input, SmallShop.Race).ModelHash
            .Should().Be(SmallShop.Publish(new ModelStore(_folder.Path, TimeProvider.System), SmallShop.Input, SmallShop.Run(SmallShop.Input)).ModelHash);
        BoostedModel other = SmallShop.ModelOf(SmallShop.Run(SmallShop.Input with { Seed = 2 }));
        other.Predict(SmallShop.Race.Latest, SmallShop.HorizonDays).ChurnProbability.Should().NotEqual(SmallShop.Model.Predict(SmallShop.Race.Latest, SmallShop.HorizonDays).ChurnProbability);
    }

    [Fact]
    public void A_saved_version_scores_as_before()
    {
        ModelStore store = new(_folder.Path, TimeProvider.System);
        VersionReader reader = store.Open(SmallShop.Publish(store, SmallShop.Input, SmallShop.Race).Version);
        Forecast before = SmallShop.Model.Predict(SmallShop.Race.Latest, SmallShop.HorizonDays);

        Forecast after = FastTreeCandidate.Of(SmallShop.Prior, FastTreeSize.Budget).Read(reader).Predict(SmallShop.Race.Latest, SmallShop.HorizonDays);
        after.ChurnProbability.Should().Equal(before.ChurnProbability);
        after.ExpectedSpend.Should().Equal(before.ExpectedSpend);
    }

    [Fact]
    public void In_a_race_the_candidate_is_measured_beside_the_others_and_tells_churners_apart()
    {
        CandidateReport report = SmallShop.Race.Report!.Candidates.Single(candidate => candidate.Name == "ml-net-fast-tree");

        report.Churn.Auc.Should().BeGreaterThan(0.7);
        SmallShop.Race.Report.Candidates.Select(candidate => candidate.Name).Should().Contain("mbg-nbd");
    }

    private static void Alike(PipelinePrediction[] zip, Forecast converted)
    {
        zip.Should().HaveCount(converted.Count);
        for (int i = 0; i < zip.Length; i++)
        {
            converted.ChurnProbability[i].Should().BeApproximately(zip[i].ChurnProbability, 1e-5);
            converted.ExpectedPurchases[i].Should().BeApproximately(zip[i].ExpectedPurchases, 1e-5 * Math.Max(1, zip[i].ExpectedPurchases));
            converted.ExpectedSpend[i].Should().BeApproximately(zip[i].ExpectedSpend, 1e-5 * Math.Max(1, zip[i].ExpectedSpend));
        }
    }
}
