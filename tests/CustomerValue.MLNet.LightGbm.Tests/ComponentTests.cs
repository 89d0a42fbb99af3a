using CustomerValue.Boosting;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Exports;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace CustomerValue.MLNet.LightGbm.Tests;

/// <summary>Ours as components of ML.NET: trained, saved, loaded, cross-validated and explained as its own are.</summary>
public sealed class ComponentTests
{
    private static readonly BoosterOptions s_size = new() { Objective = Objectives.Poisson, Rounds = 30, MaxLeaves = 8, Seed = 3 };
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_regression_from_a_prior_is_saved_and_answers_alike_without_us()
    {
        IDataView rows = Rows(4_000);
        TransformerChain<ITransformer> model = _ml.Regression.Trainers.PriorBoostedTrees("Label", "Features", "Prior", s_size).Fit(rows);

        float[] scores = [.. model.Transform(rows).GetColumn<float>("Score")], loaded = [.. Reloaded(model, rows).Transform(rows).GetColumn<float>("Score")];

        loaded.Should().Equal(scores);
        // What the house's own booster says of the same rows: single precision rounds the raw score.
        Row[] table = [.. _ml.Data.CreateEnumerable<Row>(rows, reuseRowObject: false)];
        BoostingData data = new([.. Enumerable.Range(0, 3).Select(slot => FeatureColumn.Numeric($"slot_{slot}", Array.ConvertAll(table, row => row.Features[slot])))]);
        double[] margins = Array.ConvertAll(table, row => Math.Log(row.Prior)), expected = new double[table.Length];
        BoosterTrainer.Fit(new TrainingRows(data, Array.ConvertAll(table, row => row.Label), default, margins), s_size).Model.Predict(data, expected, margins);
        scores.Zip(expected, (found, wanted) => Math.Abs(found - wanted) / wanted).Max().Should().BeLessThan(1e-5);
        RegressionMetrics with = _ml.Regression.Evaluate(model.Transform(rows)), without = _ml.Regression.Evaluate(_ml.Transforms.CopyColumns("Score", "Prior").Fit(rows).Transform(rows));
        with.MeanAbsoluteError.Should().BeLessThan(without.MeanAbsoluteError);
    }

    [Fact]
    public void Cross_validation_contributions_and_permutation_importance_take_it_as_their_own()
    {
        IDataView rows = Rows(2_000);
        PriorBoostedTreesEstimator trainer = _ml.Regression.Trainers.PriorBoostedTrees("Label", "Features", "Prior", s_size);

        _ml.Regression.CrossValidate(rows, trainer, numberOfFolds: 3).Should().HaveCount(3).And.OnlyContain(fold => fold.Metrics.MeanAbsoluteError > 0);

        TransformerChain<ITransformer> model = trainer.Fit(rows);
        RegressionPredictionTransformer<LightGbmRegressionModelParameters> trees = model.OfType<RegressionPredictionTransformer<LightGbmRegressionModelParameters>>().Single();
        IDataView asked = model.TakeWhile(step => !ReferenceEquals(step, trees)).Aggregate(rows, (view, step) => step.Transform(view));
        float[][] contributions = [.. _ml.Transforms.CalculateFeatureContribution(trees, normalize: false).Fit(trees.Transform(asked)).Transform(trees.Transform(asked)).GetColumn<float[]>("FeatureContributions")];
        contributions.Should().HaveCount(2_000).And.OnlyContain(row => row.Length == 3);
        contributions.Max(row => Math.Abs(row[0])).Should().BePositive();
        IReadOnlyList<RegressionMetricsStatistics> importance = _ml.Regression.PermutationFeatureImportance(trees, asked, permutationCount: 2);
        importance.Should().HaveCount(3);
    }

    [Fact]
    public void A_classifier_from_a_prior_gives_probabilities_that_evaluate_as_any()
    {
        IDataView rows = _ml.Transforms.Expression("Away", "label : label < 1f", "Label").Append(_ml.Transforms.Expression("Chance", "prior : exp(-prior)", "Prior")).Fit(Rows(4_000)).Transform(Rows(4_000));

        TransformerChain<ITransformer> model = _ml.BinaryClassification.Trainers.PriorBoostedTrees("Away", "Features", "Chance", s_size).Fit(rows);

        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(model.Transform(rows), "Away");
        metrics.AreaUnderRocCurve.Should().BeGreaterThan(0.6);
        _ml.BinaryClassification.CrossValidate(rows, _ml.BinaryClassification.Trainers.PriorBoostedTrees("Away", "Features", "Chance", s_size), 2, "Away").Should().HaveCount(2);
        Reloaded(model, rows).Transform(rows).GetColumn<float>("Probability").Should().Equal(model.Transform(rows).GetColumn<float>("Probability"));
    }

    [Fact]
    public void Missing_values_beyond_2_to_the_24_go_the_way_they_were_learnt()
    {
        Random random = new(2);
        Row[] table = [.. Enumerable.Range(0, 3_000).Select(_ =>
        {
            float wealth = random.Next(3) == 0 ? float.NaN : (1L << 25) + random.NextInt64(1L << 31);
            return new Row { Features = [wealth, 0, 0], Prior = 1, Label = float.IsNaN(wealth) ? random.Next(6) : wealth > 1e9f ? random.Next(8) : random.Next(2) };
        })];
        IDataView rows = _ml.Data.LoadFromEnumerable(table);

        float[] scores = [.. _ml.Regression.Trainers.PriorBoostedTrees("Label", "Features", "Prior", s_size).Fit(rows).Transform(rows).GetColumn<float>("Score")];

        BoostingData data = new([.. Enumerable.Range(0, 3).Select(slot => FeatureColumn.Numeric($"slot_{slot}", Array.ConvertAll(table, row => row.Features[slot])))]);
        Booster ours = BoosterTrainer.Fit(new TrainingRows(data, Array.ConvertAll(table, row => row.Label), default, new double[table.Length]), s_size).Model;
        ours.Outlines().SelectMany(tree => tree.Nodes).Should().Contain(node => node.Threshold > 1 << 24 && !node.MissingLeft);
        double[] expected = new double[table.Length];
        ours.Predict(data, expected, new double[table.Length]);
        scores.Zip(expected, (found, wanted) => Math.Abs(found - wanted) / wanted).Max().Should().BeLessThan(1e-5);
    }

    [Fact]
    public void A_buy_till_you_die_model_is_a_transform_that_travels_in_a_zip()
    {
        Snapshot snapshot = ExportShop.Scored;
        ITransactionModel fitted = TransactionModels.Fit("mbg-nbd", snapshot.Histories).Model;
        IDataView view = _ml.Data.TakeRows(snapshot.ToDataView(), 500);
        ITransformer model = _ml.Transforms.BuyTillYouDie("x", "t_x", "T", fitted, 60).Fit(view);
        using MemoryStream zip = new();
        _ml.Model.Save(model, view.Schema, zip);

        MLContext other = new();
        other.ComponentCatalog.RegisterAssembly(typeof(BuyTillYouDieTransforms).Assembly);
        IDataView answers = other.Model.Load(zip, out _).Transform(view);

        answers.Schema.Select(column => column.Name).Should().Contain("x").And.NotContain(name => name.StartsWith("history."));
        answers.GetColumn<double>("prior_purchases").Should().Equal(Enumerable.Range(0, 500).Select(i => fitted.ExpectedPurchases(snapshot.Histories[i], 60 / 7.0)));
        answers.GetColumn<double>("prior_alive").Should().Equal(Enumerable.Range(0, 500).Select(i => fitted.ProbabilityAlive(snapshot.Histories[i])));
    }

    [Fact]
    public void A_missing_native_library_is_told_with_the_package_it_needs() =>
        NativeParts.Said(new InvalidOperationException("training failed", new TypeInitializationException("LightGbm", new DllNotFoundException("Unable to load shared library 'lib_lightgbm' or one of its dependencies"))))
            .Should().Contain("libgomp1").And.Contain("x64");

    [Fact]
    public void What_the_model_cannot_hold_and_columns_that_are_not_there_are_refused_by_name()
    {
        FluentActions.Invoking(() => _ml.Regression.Trainers.PriorBoostedTrees(options: s_size with { Objective = Objectives.ZeroInflatedLognormal })).Should().Throw<ArgumentException>().WithMessage("*zero-inflated-lognormal*");
        FluentActions.Invoking(() => _ml.Regression.Trainers.PriorBoostedTrees(priorColumnName: "nobody", options: s_size).Fit(Rows(100))).Should().Throw<ArgumentException>().WithMessage("*'nobody'*Label*");
    }

    private ITransformer Reloaded(ITransformer model, IDataView rows)
    {
        using MemoryStream zip = new();
        _ml.Model.Save(model, rows.Schema, zip);
        return new MLContext().Model.Load(zip, out _);
    }

    /// <summary>Counts around a prior that knows half of their log mean; one feature is missing at times.</summary>
    private IDataView Rows(int count)
    {
        Random random = new(7);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            float a = (float)random.NextDouble(), b = (float)random.NextDouble();
            double mean = Math.Exp(a + (b > 0.5 ? 1 : -1));
            int events = 0;
            for (double left = Math.Exp(-mean), p = random.NextDouble(); p > left; p *= random.NextDouble())
                events++;
            return new Row { Features = [a, random.Next(5) == 0 ? float.NaN : b, (float)random.NextDouble()], Prior = (float)Math.Exp(b > 0.5 ? 1 : -1), Label = events };
        }).ToArray());
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Prior { get; set; }

        public float Label { get; set; }
    }
}
