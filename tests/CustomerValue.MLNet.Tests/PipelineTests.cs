using CustomerValue.Data.Features;
using CustomerValue.MLNet.FastTree;
using CustomerValue.MLNet.Pipelines;
using CustomerValue.MLNet.Serving;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Explanations;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace CustomerValue.MLNet.Tests;

public sealed class PipelineTests
{
    private static readonly Lazy<ICustomerModel> s_linear = new(() => Fit(Linear()));

    private static Snapshot Latest => AttributedShop.Training.Latest;

    [Fact]
    public void Each_pipeline_sees_the_features_as_they_were_though_the_one_before_it_changed_them_in_place()
    {
        Forecast together = s_linear.Value.Predict(Latest, 60);
        ICustomerModel twice = Fit(PipelineCandidate.Of("twice", Churn, ml => Scaled(ml).Append(ml.Regression.Trainers.LbfgsPoissonRegression()), ml => ml.Transforms.ReplaceMissingValues("Features").Append(ml.Regression.Trainers.LbfgsPoissonRegression())));

        twice.Predict(Latest, 60).ChurnProbability.Should().Equal(together.ChurnProbability);
        twice.Predict(Latest, 60).ExpectedPurchases.Should().Equal(together.ExpectedPurchases);
    }

    [Fact]
    public void A_pipeline_without_trees_answers_from_its_zip_as_the_zip_answers_in_any_program()
    {
        PipelineModel model = s_linear.Value.Should().BeOfType<PipelineModel>().Subject;
        using TemporaryFolder folder = new();
        using MemoryStream zip = new(SavedModels.Publish(folder.Path, model).Read("linear.zip"));
        MLContext plain = new();

        PipelinePrediction[] answers = [.. plain.Data.CreateEnumerable<PipelinePrediction>(plain.Model.Load(zip, out _).Transform(Latest.ToDataView()), reuseRowObject: false)];

        Forecast forecast = model.Predict(Latest, 60);
        for (int i = 0; i < forecast.Count; i++)
        {
            forecast.ChurnProbability[i].Should().Be(answers[i].ChurnProbability);
            forecast.ExpectedSpend[i].Should().Be(answers[i].ExpectedSpend);
        }
    }

    [Fact]
    public void Pipelines_that_name_their_columns_alike_answer_one_by_one_as_in_a_table()
    {
        ICustomerModel model = Fit(PipelineCandidate.Of("linear", ml => Inputs(ml).Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: "Inputs")),
            ml => Inputs(ml).Append(ml.Regression.Trainers.LbfgsPoissonRegression(featureColumnName: "Inputs")), ml => Inputs(ml).Append(ml.Regression.Trainers.FastTreeTweedie(featureColumnName: "Inputs", numberOfTrees: 20))));
        using TemporaryFolder folder = new();
        using MemoryStream zip = new(SavedModels.Publish(folder.Path, model).Read("linear.zip"));
        MLContext plain = new();

        PipelinePrediction[] answers = [.. plain.Data.CreateEnumerable<PipelinePrediction>(plain.Model.Load(zip, out _).Transform(Latest.ToDataView()), reuseRowObject: false)];

        Forecast forecast = model.Predict(Latest, 60);
        forecast.ChurnProbability.Should().Equal(answers.Select(answer => (double)answer.ChurnProbability));
        forecast.ExpectedPurchases.Should().Equal(answers.Select(answer => (double)answer.ExpectedPurchases));
        forecast.ExpectedSpend.Should().Equal(answers.Select(answer => (double)answer.ExpectedSpend));

        static EstimatorChain<NormalizingTransformer> Inputs(MLContext ml) => ml.Transforms.ReplaceMissingValues("Inputs", "Features").Append(ml.Transforms.NormalizeMeanVariance("Inputs"));
    }

    [Fact]
    public void Scores_of_any_scale_become_calibrated_probabilities()
    {
        // A score of hundreds, the wrong way round: how long someone was silent is turned into how sure they are to come back.
        ICustomerModel model = Fit(PipelineCandidate.Of("silent", ml => ml.Transforms.Expression("Score", "recency : -3.5f * recency", "recency"), Purchases, Spend));
        Snapshot later = AttributedShop.Input.Builder.BuildWithOutcomes(AttributedShop.Input.Log, AttributedShop.Input.Attributes, new(new DateOnly(2024, 9, 1), 60), CancellationToken.None);

        double[] churn = model.Predict(later, 60).ChurnProbability;

        churn.Should().OnlyContain(probability => probability > 0 && probability < 1);
        churn.Average().Should().BeApproximately(later.Outcomes!.Churned.ToArray().Count(stayed => stayed) / (double)later.Count, 0.1, "three standard errors of 230 customers, a fifth of three origins");
        int silent = Array.IndexOf([.. later.Features["recency"]], later.Features["recency"].ToArray().Max()), active = Array.IndexOf([.. later.Features["recency"]], later.Features["recency"].ToArray().Min());
        churn[silent].Should().BeGreaterThan(churn[active], "calibration finds out which way round the score is");
    }

    [Fact]
    public void A_total_that_is_clearly_off_is_set_right_and_one_that_may_be_chance_is_left()
    {
        // Poisson purchases of 2,000 customers with one row each: a standard error of 1 / sqrt(their sum of about 4,000) = .016.
        Random random = new(6);
        float[] labels = [.. Enumerable.Range(0, 2000).Select(_ => (float)(random.Next(3) + random.Next(3)))], half = [.. labels.Select(_ => 1f)], right = [.. labels.Select(_ => 2f)];
        int[] each = [.. Enumerable.Range(0, 2000)];

        Calibration.Learn(Target.Purchases, half, labels, each).Scale.Should().BeApproximately(2, 0.1);
        Calibration.Learn(Target.Purchases, right, labels, each).Scale.Should().Be(1);
        Calibration.Learn(Target.Purchases, [.. labels.Select(label => 1.05f * label)], labels, [.. each.Select(row => row / 1000)]).Scale.Should().BeApproximately(1 / 1.05, 1e-3, "where every customer says the same, it is clear");
    }

    [Fact]
    public void Reasons_of_a_pipeline_without_trees_add_up_and_one_customer_alone_gets_those_it_gets_among_many()
    {
        ChurnExplainer explainer = new(s_linear.Value);
        IReadOnlyList<ChurnExplanation> many = explainer.Explain(Latest, [.. Enumerable.Range(0, 70)]), alone = explainer.Explain(Latest, [66]);

        foreach (ChurnExplanation one in many)
            (one.Base + one.Reasons.Sum(reason => reason.Contribution)).Should().BeApproximately(one.Logit, 1e-9);
        many.Should().OnlyContain(one => one.Reasons.Count > 3 && one.Reasons.All(reason => reason.Feature != ChurnExplainer.AdjustmentFeature));
        alone[0].Should().BeEquivalentTo(many[66]);
    }

    [Fact]
    public void In_a_linear_model_a_feature_contributes_its_weight_times_its_distance_from_the_typical_customer()
    {
        // log-odds = scale * 2 * recency + shift, so a tenth of the answer's logit from recency 10 to 20 is a tenth of that from 10 to 110.
        ICustomerModel model = Fit(PipelineCandidate.Of("recency", ml => ml.Transforms.Expression("Score", "recency : 0.002f * recency", "recency"), Purchases, Spend));
        float typical = ((PipelineModel)model).Typical[Latest.Features.Schema.Find("recency")];
        IReadOnlyList<ChurnExplanation> explanations = new ChurnExplainer(model).Explain(Latest, [.. Enumerable.Range(0, 40)]);

        double[] slopes = [.. explanations.Select((one, row) => (Away: Latest.Features["recency"][row] - typical, one.Reasons)).Where(one => Math.Abs(one.Away) > 5)
            .Select(one => one.Reasons.Should().ContainSingle().Subject.Contribution / one.Away)];

        slopes.Should().HaveCountGreaterThan(10).And.OnlyContain(slope => Math.Abs(slope - slopes[0]) < 1e-3 * Math.Abs(slopes[0]));
    }

    [Fact]
    public void Trees_of_churn_give_exact_reasons_though_spend_is_no_trees()
    {
        PipelineModel model = Fit(PipelineCandidate.Of("forest", ml => ml.BinaryClassification.Trainers.FastTree(numberOfTrees: 12, numberOfLeaves: 6), Purchases, Spend)).Should().BeOfType<PipelineModel>().Subject;

        model.ChurnTrees.Should().NotBeNull();
        IReadOnlyList<ChurnExplanation> explanations = new ChurnExplainer(model).Explain(Latest, [.. Enumerable.Range(0, 30)]);
        foreach (ChurnExplanation one in explanations)
            (one.Base + one.Reasons.Where(reason => reason.Feature != ChurnExplainer.AdjustmentFeature).Sum(reason => reason.Contribution)).Should().BeApproximately(one.Logit, 1e-4);
    }

    [Fact]
    public void Fast_tree_is_all_trees_and_sends_levels_and_missing_values_as_its_zip_does()
    {
        BoostedModel model = Fit(FastTreeCandidate.Of(SmallShop.Prior, FastTreeSize.Budget)).Should().BeOfType<BoostedModel>().Subject;
        FeatureTable whole = Latest.Features;
        Random random = new(3);
        FeatureTable holes = FeatureTable.From(whole.Schema, [.. Enumerable.Range(0, whole.Schema.Count).Select(f =>
            whole.Column(f).ToArray().Select(value => random.Next(3) == 0 ? float.NaN : random.Next(5) == 0 ? 0 : value).ToArray())]);
        whole.Schema.Features.Should().Contain(feature => feature.Kind == FeatureKind.Categorical);

        Forecast trees = model.Predict(new Snapshot(Latest.Aggregates, holes, null), 60), zip = new VersionPool(model.Companions["ml-net-fast-tree.zip"]).Predict(holes);

        for (int i = 0; i < trees.Count; i++)
        {
            trees.ChurnProbability[i].Should().BeApproximately(zip.ChurnProbability[i], 1e-5);
            trees.ExpectedSpend[i].Should().BeApproximately(zip.ExpectedSpend[i], 1e-5 * Math.Max(1, zip.ExpectedSpend[i]));
        }
    }

    private static ICustomerModel Fit(PipelineCandidate candidate) => candidate.Fit(AttributedShop.Training, null, CancellationToken.None).Model;

    private static PipelineCandidate Linear() => PipelineCandidate.Of("linear", Churn, Purchases, Spend);

    private static IEstimator<ITransformer> Churn(MLContext ml) => Scaled(ml).Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression());

    private static IEstimator<ITransformer> Purchases(MLContext ml) => Scaled(ml).Append(ml.Regression.Trainers.LbfgsPoissonRegression());

    private static IEstimator<ITransformer> Spend(MLContext ml) => Scaled(ml).Append(ml.Regression.Trainers.LbfgsPoissonRegression());

    private static EstimatorChain<NormalizingTransformer> Scaled(MLContext ml) => ml.Transforms.ReplaceMissingValues("Features").Append(ml.Transforms.NormalizeMinMax("Features"));
}
