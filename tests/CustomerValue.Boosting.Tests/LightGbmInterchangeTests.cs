using System.Text;
using CustomerValue.LightGbm;

namespace CustomerValue.Boosting.Tests;

/// <summary>Models move between this library and LightGBM and mean the same in both.</summary>
public sealed class LightGbmInterchangeTests
{
    private const int Rows = 5_000;

    /// <summary>Either side adds the same leaves in double precision; a tree of one leaf holds the start.</summary>
    private const double Sums = 1e-12;

    public static TheoryData<string, string> Objectives_of_both => new()
    {
        { "logistic", "binary" }, { "squared-error", "regression" }, { "poisson", "poisson" }, { "gamma", "gamma" }, { "tweedie(1.3)", "tweedie" },
    };

    [Theory]
    [MemberData(nameof(Objectives_of_both))]
    public void A_model_goes_to_LightGBM_and_back(string name, string theirs)
    {
        _ = theirs;
        TrainingRows rows = Table(name);
        Booster model = BoosterTrainer.Fit(rows, new() { Objective = Objectives.Find(name)!, Rounds = 30 }).Model;
        string text = TextOf(model);

        Booster again = Booster.LoadLightGbm(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        again.Objective.Name.Should().Be(name);
        again.Features[^1].Levels.Should().Equal(model.Features[^1].Levels);
        Near(again.Raw(rows.Data), model.Raw(rows.Data));

        NeedsLightGbm();
        using LightGbmNative native = LightGbmNative.Load(text);
        Near(native.Predict(Values(rows.Data), Rows, LightGbmNative.Gives.Raw), model.Raw(rows.Data));
        Near(native.Predict(Values(rows.Data), Rows, LightGbmNative.Gives.Response), model.Responses(rows.Data));
    }

    [Theory]
    [MemberData(nameof(Objectives_of_both))]
    public void A_model_of_LightGBM_is_read(string name, string theirs)
    {
        NeedsLightGbm();
        TrainingRows rows = Table(name);
        int features = rows.Data.Columns.Count;
        using LightGbmNative native = LightGbmNative.Train(Values(rows.Data), features, rows.Labels.ToArray(),
            $"objective={theirs} tweedie_variance_power=1.3 num_leaves=15 learning_rate=0.2 num_threads=1 verbosity=-1 min_data_in_leaf=20 categorical_feature={features - 1}", 20);

        Booster model = Booster.LoadLightGbm(new MemoryStream(Encoding.UTF8.GetBytes(native.Text())));

        model.Objective.Name.Should().Be(name);
        FeatureColumn levels = rows.Data.Columns[^1];
        // LightGBM's rows know codes only, so the table's levels are named by their codes here.
        BoostingData coded = new([.. rows.Data.Columns.SkipLast(1).Select((column, f) => FeatureColumn.Numeric(model.Features[f].Name, column.Values)),
            FeatureColumn.Categorical(model.Features[^1].Name, levels.Values, [.. Enumerable.Range(0, levels.Levels.Count).Select(code => $"{code}")])]);
        Near(model.Raw(coded), native.Predict(Values(rows.Data), Rows, LightGbmNative.Gives.Raw), 1e-6); // leaves are floats here
    }

    [Fact]
    public void Thresholds_beyond_what_single_precision_counts_and_missing_values_go_the_same_way()
    {
        Random random = new(3);
        float[] wealth = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(4) == 0 ? float.NaN : (float)((1L << 24) + random.NextInt64(1L << 30)))];
        float[] labels = [.. wealth.Select(value => float.IsNaN(value) ? 0 : value > 5e8f && random.Next(8) != 0 ? 1f : 0f)];
        TrainingRows rows = new(new BoostingData([FeatureColumn.Numeric("wealth", wealth)]), labels);
        Booster model = BoosterTrainer.Fit(rows, new() { Objective = Objectives.Logistic, Rounds = 30 }).Model;
        model.Outlines().SelectMany(tree => tree.Nodes).Should().Contain(node => !node.IsLeaf && node.Threshold > 1 << 24 && node.MissingLeft);
        // Exactly at a threshold a value goes right.
        float[] edges = [.. model.Outlines().SelectMany(tree => tree.Nodes).Where(node => !node.IsLeaf).SelectMany(node => new[] { node.Threshold, MathF.BitDecrement(node.Threshold), MathF.BitIncrement(node.Threshold) }), float.NaN];
        BoostingData tried = new([FeatureColumn.Numeric("wealth", edges)]);

        Near(Booster.LoadLightGbm(new MemoryStream(Encoding.UTF8.GetBytes(TextOf(model)))).Raw(tried), model.Raw(tried));
        NeedsLightGbm();
        using LightGbmNative native = LightGbmNative.Load(TextOf(model));
        Near(native.Predict(edges, edges.Length, LightGbmNative.Gives.Raw), model.Raw(tried));
    }

    [Fact]
    public void The_mean_of_models_scores_the_mean_of_their_scores()
    {
        TrainingRows rows = Table("poisson");
        Booster[] models = [.. Enumerable.Range(1, 4).Select(seed => BoosterTrainer.Fit(rows, new() { Objective = Objectives.Poisson, Rounds = 10, Seed = seed, RowSampling = 0.5 }).Model)];

        double[] mean = Booster.Mean(models).Raw(rows.Data);

        double[][] raws = [.. models.Select(model => model.Raw(rows.Data))];
        Near(mean, [.. Enumerable.Range(0, Rows).Select(row => raws.Average(raw => raw[row]))]);
        FluentActions.Invoking(() => Booster.Mean([models[0], BoosterTrainer.Fit(rows, new() { Objective = Objectives.SquaredError, Rounds = 1 }).Model]))
            .Should().Throw<ArgumentException>().WithMessage("*squared-error*poisson*");
    }

    [Fact]
    public void A_mutated_foreign_file_is_read_or_refused_and_never_crashes()
    {
        byte[] file = Encoding.UTF8.GetBytes(TextOf(BoosterTrainer.Fit(Table("logistic"), new() { Objective = Objectives.Logistic, Rounds = 2, MaxLeaves = 5 }).Model));
        Random random = new(11);
        int refused = 0;
        for (int i = 0; i < 2_000; i++)
        {
            try
            {
                Booster.LoadLightGbm(new MemoryStream(Mutation.Of(file, random)));
            }
            catch (InvalidModelException)
            {
                refused++;
            }
        }
        refused.Should().BeInRange(500, 1_999);
    }

    private static void NeedsLightGbm() => Needs.Tool(LightGbmNative.IsPresent, "LightGBM's library cannot be loaded: install Debian's libgomp1, on x64.");

    private static string TextOf(Booster model)
    {
        using MemoryStream stream = new();
        model.SaveLightGbm(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static float[] Values(BoostingData data)
    {
        float[] values = new float[data.RowCount * data.Columns.Count];
        for (int f = 0; f < data.Columns.Count; f++)
            for (int row = 0; row < data.RowCount; row++)
                values[row * data.Columns.Count + f] = data.Columns[f].Values.Span[row];
        return values;
    }

    private static void Near(double[] found, double[] expected, double tolerance = Sums)
    {
        found.Length.Should().Be(expected.Length);
        found.Zip(expected, (left, right) => Math.Abs(left - right) / Math.Max(1, Math.Abs(right))).Max().Should().BeLessThan(tolerance);
    }

    /// <summary>Numbers with missing values, and a category with missing ones that the label leans on.</summary>
    private static TrainingRows Table(string objective)
    {
        TrainingRows rows = objective == "logistic" ? Tables.Binary(Rows) : Tables.Amounts(Rows);
        Random random = new(5);
        float[] labels = [.. rows.Labels.ToArray().Select(label => objective == "gamma" ? label + 0.5f : label)];
        string?[] texts = [.. labels.Select(label => random.Next(20) is 0 ? null : $"level {(random.NextDouble() < 0.3 * label ? 3 : random.Next(9))}")];
        FeatureColumn[] numbers = [.. rows.Data.Columns.Select(column => FeatureColumn.Numeric(column.Name, column.Values.ToArray().Select(value => random.Next(10) == 0 ? float.NaN : value).ToArray()))];
        return rows with { Data = new([.. numbers, FeatureColumn.Categorical("level", texts)]), Labels = labels };
    }
}
