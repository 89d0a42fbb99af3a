namespace CustomerValue.Boosting.Tests;

public sealed class BadInputTests
{
    private static readonly BoosterOptions s_quick = new() { Rounds = 2, Threads = 1 };

    [Theory]
    [InlineData("logistic", 0.5f, "0 or 1")]
    [InlineData("tweedie(1.5)", -1f, "0 or above")]
    [InlineData("gamma", 0f, "above 0")]
    [InlineData("poisson", -2f, "0 or above")]
    [InlineData("zero-inflated-lognormal", -1f, "0 or above")]
    [InlineData("squared-error", float.NaN, "finite")]
    public void Labels_outside_the_domain_are_named(string objective, float label, string expected)
    {
        TrainingRows rows = Rows(labels: [1, 1, label, 1]);
        FluentActions.Invoking(() => BoosterTrainer.Fit(rows, s_quick with { Objective = Objectives.Find(objective)! }).Model)
            .Should().Throw<InvalidTrainingDataException>().WithMessage($"*row 2*{expected}*");
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        TrainingRows rows = new(BoostingData.FromRows([1, float.PositiveInfinity, 3, 4], 1), new float[] { 1, 2, 3 }, new float[] { 1, -1, 1, 1 }, new double[] { 0, double.NaN, 0, 0 });
        FluentActions.Invoking(() => BoosterTrainer.Fit(rows, s_quick).Model).Should().Throw<InvalidTrainingDataException>().Which.Problems.Should().HaveCount(4);
    }

    [Fact]
    public void All_option_violations_are_reported_together()
    {
        BoosterOptions options = new() { Rounds = -1, LearningRate = 2, MaxBins = 1000, RowSampling = 0, EarlyStoppingRounds = 5, MonotoneConstraints = new Dictionary<string, int> { ["nobody"] = 1 } };
        FluentActions.Invoking(() => BoosterTrainer.Fit(Rows([1, 2, 3, 4]), options).Model).Should().Throw<InvalidOptionsException>().Which.Violations.Should().HaveCount(6);
    }

    [Fact]
    public void Monotone_constraints_are_refused_where_leaves_are_refitted() =>
        FluentActions.Invoking(() => BoosterTrainer.Fit(Rows([1, 2, 3, 4]), s_quick with { Objective = Objectives.Quantile(), MonotoneConstraints = new Dictionary<string, int> { ["f0"] = 1 } }).Model)
            .Should().Throw<InvalidOptionsException>().WithMessage("*quantile(0.5)*");

    [Fact]
    public void No_rows_are_refused() =>
        FluentActions.Invoking(() => BoosterTrainer.Fit(new(BoostingData.FromRows([], 3), default), s_quick).Model).Should().Throw<InvalidTrainingDataException>().WithMessage("*no rows*");

    [Fact]
    public void Seventy_thousand_features_are_refused()
    {
        TrainingRows rows = new(BoostingData.FromRows(new float[140_000], 70_000), new float[] { 1, 2 });
        FluentActions.Invoking(() => BoosterTrainer.Fit(rows, s_quick).Model).Should().Throw<InvalidTrainingDataException>().WithMessage("*70000 features*at most*");
    }

    [Fact]
    public void Many_features_within_the_limit_are_learnt()
    {
        Random random = new(1);
        float[] values = [.. Enumerable.Range(0, 200 * 5000).Select(_ => random.NextSingle())];
        float[] labels = [.. Enumerable.Range(0, 200).Select(row => values[row * 5000 + 4711] > 0.5f ? 1f : 0f)];
        Booster model = BoosterTrainer.Fit(new(BoostingData.FromRows(values, 5000), labels), s_quick with { MaxLeaves = 4 }).Model;
        model.Importance().MaxBy(importance => importance.Gain)!.Feature.Should().Be("f4711");
    }

    [Fact]
    public void Constant_and_missing_features_and_one_class_are_findings()
    {
        TrainingRows rows = new(BoostingData.FromRows([1, float.NaN, 0, 1, float.NaN, 1, 1, float.NaN, 2], 3), new float[] { 1, 1, 1 });
        TrainingResult result = BoosterTrainer.Fit(rows, s_quick with { Objective = Objectives.Logistic });
        result.Findings.Select(finding => finding.Code).Should().BeEquivalentTo("constant-feature", "missing-feature", "constant-label");
        result.Model.Responses(rows.Data).Should().AllSatisfy(p => p.Should().BeGreaterThan(0.999));
    }

    [Fact]
    public void A_million_levels_train_with_a_finding()
    {
        const int Rows = 1_000_000;
        float[] codes = [.. Enumerable.Range(0, Rows).Select(row => (float)(row % 3 == 0 ? 7 : row))];
        string[] levels = [.. Enumerable.Range(0, Rows).Select(level => $"{level}")];
        float[] labels = [.. codes.Select(code => code == 7 ? 1f : 0f)];
        TrainingResult result = BoosterTrainer.Fit(new(new([FeatureColumn.Categorical("id", codes, levels)]), labels), s_quick);
        result.Findings.Should().ContainSingle(finding => finding.Code == "many-levels");
        double[] predictions = result.Model.Responses(new([FeatureColumn.Categorical("id", ["7", "8", "never seen"])]));
        predictions[0].Should().BeGreaterThan(predictions[1]);
    }

    [Fact]
    public void Columns_other_than_in_training_are_named()
    {
        Booster model = BoosterTrainer.Fit(Rows([1, 2, 3, 4]), s_quick).Model;
        FluentActions.Invoking(() => model.Raw(BoostingData.FromRows([1, 2], 2, ["a", "b"]))).Should().Throw<FeatureMismatchException>().WithMessage("*2 columns*expects 1*'f0'*'a', 'b'*");
        FluentActions.Invoking(() => model.Raw(new([FeatureColumn.Categorical("f0", ["x"])]))).Should().Throw<FeatureMismatchException>().WithMessage("*Categorical*Numeric*");
        FluentActions.Invoking(() => model.PredictRaw([1f, 2f])).Should().Throw<FeatureMismatchException>().WithMessage("*2 values*expects 1*");
    }

    [Fact]
    public void Cancellation_stops_between_trees()
    {
        using CancellationTokenSource source = new();
        StopAfter progress = new(3, source);
        FluentActions.Invoking(() => BoosterTrainer.Fit(Tables.Binary(500), new() { Objective = Objectives.Logistic, Rounds = 1000 }, progress: progress, cancellation: source.Token).Model)
            .Should().Throw<OperationCanceledException>();
        progress.Last.Should().Be(3);
    }

    private static TrainingRows Rows(float[] labels) => new(BoostingData.FromRows([1, 2, 3, 4], 1), labels);

    private sealed class StopAfter(int round, CancellationTokenSource source) : IProgress<BoostingProgress>
    {
        public int Last { get; private set; }

        public void Report(BoostingProgress value)
        {
            Last = value.Round;
            if (value.Round == round)
                source.Cancel();
        }
    }
}
