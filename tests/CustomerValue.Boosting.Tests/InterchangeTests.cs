namespace CustomerValue.Boosting.Tests;

/// <summary>Models move between this library and XGBoost and mean the same in both.</summary>
public sealed class InterchangeTests
{
    private const int Rows = 10_000;

    public static TheoryData<string, string> Objectives_of_both => new()
    {
        { "logistic", "binary:logistic" }, { "squared-error", "reg:squarederror" }, { "poisson", "count:poisson" },
        { "gamma", "reg:gamma" }, { "tweedie(1.3)", "reg:tweedie" },
    };

    [Theory]
    [MemberData(nameof(Objectives_of_both))]
    public void A_model_exported_to_XGBoost_predicts_and_explains_the_same(string name, string xgboostName)
    {
        _ = xgboostName;
        using XgboostOracle oracle = XgboostOracle.OrSkip();
        TrainingRows rows = Table(name);
        Booster model = BoosterTrainer.Fit(rows, new() { Objective = Objectives.Find(name)!, Rounds = 30 }).Model;
        using (FileStream file = File.Create(oracle.PathOf("model.json")))
            model.SaveXgboost(file);
        oracle.WriteTable(rows);
        oracle.Run("""
            b = xgb.Booster(model_file='model.json')
            b.predict(matrix()).tofile('responses')
            b.predict(matrix(), output_margin=True).tofile('raw')
            b.predict(matrix(), pred_contribs=True).astype('f').tofile('contributions')
            """);
        Compare(model, rows, oracle);
    }

    [Theory]
    [MemberData(nameof(Objectives_of_both))]
    public void A_model_imported_from_XGBoost_predicts_and_explains_the_same(string name, string xgboostName)
    {
        using XgboostOracle oracle = XgboostOracle.OrSkip();
        TrainingRows rows = Table(name);
        oracle.WriteTable(rows);
        oracle.Run($$"""
            b = xgb.train({'objective': '{{xgboostName}}', 'tweedie_variance_power': 1.3, 'tree_method': 'hist', 'max_depth': 6, 'eta': 0.2, 'nthread': 1}, matrix(), 20)
            b.save_model('model.json')
            b.predict(matrix()).tofile('responses')
            b.predict(matrix(), output_margin=True).tofile('raw')
            b.predict(matrix(), pred_contribs=True).astype('f').tofile('contributions')
            """);
        using FileStream file = File.OpenRead(oracle.PathOf("model.json"));
        Booster model = Booster.LoadXgboost(file);
        model.Objective.Name.Should().Be(name);
        Compare(model, rows, oracle);
    }

    [Fact]
    public void Splits_by_levels_survive_both_ways()
    {
        using XgboostOracle oracle = XgboostOracle.OrSkip();
        TrainingRows rows = WithLevels(Table("logistic"));
        Booster model = BoosterTrainer.Fit(rows, new() { Objective = Objectives.Logistic, Rounds = 20 }).Model;
        model.Importance()[^1].Splits.Should().BePositive();
        using (FileStream file = File.Create(oracle.PathOf("model.json")))
            model.SaveXgboost(file);
        oracle.WriteTable(rows);
        oracle.Run("""
            b = xgb.Booster(model_file='model.json')
            b.predict(matrix(), output_margin=True).tofile('raw')
            t = xgb.train({'objective': 'binary:logistic', 'tree_method': 'approx', 'max_cat_to_onehot': 1, 'nthread': 1}, matrix(), 10)
            t.save_model('theirs.json')
            t.predict(matrix(), output_margin=True).tofile('theirs')
            """);
        Near(model.Raw(rows.Data), oracle.Read("raw"), 1e-5);
        using FileStream theirs = File.OpenRead(oracle.PathOf("theirs.json"));
        Booster imported = Booster.LoadXgboost(theirs);
        // XGBoost keeps codes only, so the table's levels are named by their codes here.
        FeatureColumn column = rows.Data.Columns[^1];
        BoostingData coded = new([.. rows.Data.Columns.SkipLast(1), FeatureColumn.Categorical(column.Name, column.Values, imported.Features[^1].Levels)]);
        Near(imported.Raw(coded), oracle.Read("theirs"), 1e-5);
    }

    [Fact]
    public void Level_names_survive_a_round_trip_through_the_foreign_format()
    {
        TrainingRows rows = WithLevels(Tables.Binary(2000));
        Booster model = BoosterTrainer.Fit(rows, new() { Objective = Objectives.Logistic, Rounds = 10 }).Model;
        using MemoryStream stream = new();
        model.SaveXgboost(stream);
        stream.Position = 0;
        Booster again = Booster.LoadXgboost(stream);
        again.Features[^1].Levels.Should().Equal(model.Features[^1].Levels);
        double[] ours = model.Raw(rows.Data);
        Near(again.Raw(rows.Data), [.. ours.Select(raw => (float)raw)], 1e-5);
    }

    [Fact]
    public void An_objective_that_XGBoost_lacks_is_refused()
    {
        Booster model = BoosterTrainer.Fit(Tables.Amounts(100), new() { Objective = Objectives.ZeroInflatedLognormal, Rounds = 1 }).Model;
        FluentActions.Invoking(() => model.SaveXgboost(Stream.Null)).Should().Throw<NotSupportedException>().WithMessage("*zero-inflated-lognormal*");
    }

    [Fact]
    public void A_mutated_foreign_file_is_read_or_refused_and_never_crashes()
    {
        using MemoryStream stream = new();
        BoosterTrainer.Fit(WithLevels(Tables.Binary(500)), new() { Objective = Objectives.Logistic, Rounds = 2, MaxLeaves = 5 }).Model.SaveXgboost(stream);
        byte[] file = stream.ToArray();
        Random random = new(11);
        int refused = 0;
        for (int i = 0; i < 2_000; i++)
        {
            try
            {
                Booster.LoadXgboost(new MemoryStream(Mutation.Of(file, random)));
            }
            catch (InvalidModelException)
            {
                refused++;
            }
        }
        refused.Should().BeInRange(800, 1_999);
    }

    private static void Compare(Booster model, TrainingRows rows, XgboostOracle oracle)
    {
        Near(model.Raw(rows.Data), oracle.Read("raw"), 1e-5);
        Near(model.Responses(rows.Data), oracle.Read("responses"), 1e-5);
        double[] contributions = new double[rows.Data.RowCount * model.ContributionsWidth];
        model.Contributions(rows.Data, contributions);
        Near(contributions, oracle.Read("contributions"), 1e-4);
    }

    /// <summary>Absolute for numbers up to 1, relative beyond: XGBoost sums in 32-bit floats.</summary>
    private static void Near(double[] ours, float[] theirs, double tolerance)
    {
        ours.Length.Should().Be(theirs.Length);
        double worst = 0;
        for (int i = 0; i < ours.Length; i++)
            worst = Math.Max(worst, Math.Abs(ours[i] - theirs[i]) / Math.Max(1, Math.Abs(theirs[i])));
        worst.Should().BeLessThan(tolerance);
    }

    private static TrainingRows Table(string objective)
    {
        TrainingRows rows = objective == "logistic" ? Tables.Binary(Rows) : Tables.Amounts(Rows);
        return objective == "gamma" ? rows with { Labels = rows.Labels.ToArray().Select(label => label + 0.5f).ToArray() } : rows;
    }

    private static TrainingRows WithLevels(TrainingRows rows)
    {
        Random random = new(5);
        float[] labels = rows.Labels.ToArray();
        string?[] texts = [.. labels.Select(label => random.Next(20) is 0 ? null : $"level {(random.NextDouble() < 0.3 * label ? 3 : random.Next(9))}")];
        string name = $"f{rows.Data.Columns.Count}";
        return rows with { Data = new([.. rows.Data.Columns, FeatureColumn.Categorical(name, texts)]) };
    }
}
