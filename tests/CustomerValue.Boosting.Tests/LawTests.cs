using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Boosting.Tests;

/// <summary>What must hold for any table and any seed.</summary>
public sealed class LawTests
{
    private const int Cases = 12;

    private static readonly Objective[] s_all =
    [
        Objectives.SquaredError, Objectives.Logistic, Objectives.Poisson, Objectives.Tweedie(1.5), Objectives.Gamma, Objectives.Quantile(0.7), Objectives.ZeroInflatedLognormal,
    ];

    private static readonly Arbitrary<(Objective Objective, int Seed)> s_anyTask =
        (from objective in Gen.Elements(s_all) from seed in Gen.Choose(1, 10_000) select (objective, seed)).ToArbitrary();

    [Fact]
    public void Contributions_add_up() => Holds(s_anyTask, task =>
    {
        TrainingRows rows = Rows(task.Objective, 300, task.Seed);
        Booster model = BoosterTrainer.Fit(rows, Options(task.Objective)).Model;
        double[] raw = model.Raw(rows.Data), contributions = new double[rows.Data.RowCount * model.ContributionsWidth];
        model.Contributions(rows.Data, contributions);
        int width = rows.Data.Columns.Count + 1;
        for (int i = 0; i < raw.Length; i++)
            contributions.AsSpan(i * width, width).ToArray().Sum().Should().BeApproximately(raw[i], 1e-8);
    });

    /// <summary>Rows with base margins or without are higher by as much, and so are what contributions add up to.</summary>
    [Fact]
    public void A_raised_model_stands_as_much_higher_everywhere() => Holds(s_anyTask, task =>
    {
        TrainingRows rows = Rows(task.Objective, 300, task.Seed);
        double[] margins = [.. Enumerable.Range(0, 300 * task.Objective.Outputs).Select(i => i % 7 * 0.1)];
        foreach (TrainingRows learnt in new[] { rows, rows with { BaseMargins = margins } })
        {
            Booster model = BoosterTrainer.Fit(learnt, Options(task.Objective)).Model;
            if (task.Objective.Outputs > 1)
            {
                FluentActions.Invoking(() => model.Raised(1)).Should().Throw<ArgumentException>();
                continue;
            }
            double[] before = new double[300], after = new double[300];
            model.PredictRaw(rows.Data, before, learnt.BaseMargins.Span);
            model.Raised(0.375).PredictRaw(rows.Data, after, learnt.BaseMargins.Span);
            Near(after, [.. before.Select(raw => raw + 0.375)], 1e-6);
        }
    });

    [Fact]
    public void Permuting_rows_changes_nothing() => Holds(s_anyTask, task =>
    {
        TrainingRows rows = Rows(task.Objective, 400, task.Seed);
        int[] order = [.. Enumerable.Range(0, 400)];
        new Random(task.Seed).Shuffle(order);
        double[] straight = BoosterTrainer.Fit(rows, Options(task.Objective)).Model.Raw(rows.Data);
        double[] shuffled = BoosterTrainer.Fit(rows.Select(order), Options(task.Objective)).Model.Raw(rows.Data);
        Near(shuffled, straight, 1e-5);
    });

    [Fact]
    public void A_weight_of_two_equals_the_row_given_twice() => Holds(s_anyTask, task =>
    {
        TrainingRows rows = Rows(task.Objective, 300, task.Seed);
        Random random = new(task.Seed);
        int[] times = [.. Enumerable.Range(0, 300).Select(_ => random.Next(1, 4))];
        int[] repeated = [.. Enumerable.Range(0, 300).SelectMany(row => Enumerable.Repeat(row, times[row]))];
        TrainingRows given = rows.Select(repeated);
        Booster weighted = BoosterTrainer.Fit(rows with { Weights = times.Select(n => (float)n).ToArray() }, Options(task.Objective)).Model;
        Loss(weighted, given).Should().BeApproximately(Loss(BoosterTrainer.Fit(given, Options(task.Objective)).Model, given), 1e-5);
    });

    /// <summary>Weights say how rows stand to each other: their unit is free, and huge ones cost no precision.</summary>
    [Fact]
    public void All_weights_times_a_power_of_two_change_nothing() => Holds(s_anyTask, task =>
    {
        TrainingRows rows = Rows(task.Objective, 300, task.Seed);
        Random random = new(task.Seed);
        float[] weights = [.. Enumerable.Range(0, 300).Select(_ => 0.1f + (float)random.NextDouble())];
        BoosterOptions options = Options(task.Objective) with { MinChildWeight = 0, Lambda = 0, CategoryLambda = 0 };
        double[] once = BoosterTrainer.Fit(rows with { Weights = weights }, options).Model.Raw(rows.Data);
        double[] heavier = BoosterTrainer.Fit(rows with { Weights = weights.Select(weight => weight * 1_048_576).ToArray() }, options).Model.Raw(rows.Data);
        heavier.Should().Equal(once);
    });

    [Fact]
    public void A_monotone_map_of_a_feature_moves_thresholds_only() => Holds(s_anyTask, task =>
    {
        TrainingRows rows = Rows(task.Objective, 300, task.Seed);
        FeatureColumn[] mapped = [.. rows.Data.Columns.Select(column => FeatureColumn.Numeric(column.Name, column.Values.ToArray().Select(v => v * v * v + 2 * v - 5).ToArray()))];
        BoostingData other = new(mapped);
        BoosterTrainer.Fit(rows with { Data = other }, Options(task.Objective)).Model.Raw(other).Should().Equal(BoosterTrainer.Fit(rows, Options(task.Objective)).Model.Raw(rows.Data));
    });

    /// <summary>Quantiles have kinks and the others' steps are Newton steps of a small rate on curved losses, so each round goes downhill.</summary>
    [Fact]
    public void More_rounds_never_raise_training_loss() => Holds(s_anyTask, task =>
    {
        TrainingRows rows = Rows(task.Objective, 400, task.Seed);
        IReadOnlyList<double> losses = BoosterTrainer.Fit(rows, Options(task.Objective) with { Rounds = 40, RecordTrainingLoss = true }).History.TrainingLoss;
        for (int round = 1; round < losses.Count; round++)
            losses[round].Should().BeLessThanOrEqualTo(losses[round - 1] + 1e-9);
    });

    [Fact]
    public void Monotone_constraints_hold_on_a_grid() => Holds(Gen.Choose(1, 10_000).ToArbitrary(), seed =>
    {
        TrainingRows rows = Tables.Binary(600, features: 3, seed: seed);
        Booster model = BoosterTrainer.Fit(rows, Options(Objectives.Logistic) with
        {
            Rounds = 30,
            MinChildWeight = 0.5,
            MonotoneConstraints = new Dictionary<string, int> { ["f0"] = 1, ["f1"] = -1 },
        }).Model;
        Random random = new(seed);
        for (int i = 0; i < 30; i++)
        {
            float[] row = [.. Enumerable.Range(0, 3).Select(_ => (float)Tables.Normal(random))];
            for (int feature = 0; feature < 2; feature++)
            {
                float[] moved = [.. row];
                double before = double.NegativeInfinity;
                for (float value = -3; value <= 3; value += 0.05f)
                {
                    moved[feature] = value;
                    double raw = (feature == 0 ? 1 : -1) * model.PredictRaw(moved);
                    raw.Should().BeGreaterThanOrEqualTo(before);
                    before = raw;
                }
            }
        }
    });

    [Fact]
    public void The_sum_of_trees_does_not_depend_on_the_order_of_columns() => Holds(Gen.Choose(1, 10_000).ToArbitrary(), seed =>
    {
        TrainingRows rows = Tables.Binary(300, seed: seed);
        BoostingData turned = new([.. rows.Data.Columns.Reverse()]);
        Booster model = BoosterTrainer.Fit(rows, Options(Objectives.Logistic)).Model;
        model.Raw(turned).Should().Equal(model.Raw(rows.Data));
    });

    private static void Holds<T>(Arbitrary<T> any, Action<T> law) => Prop.ForAll(any, law).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    private static BoosterOptions Options(Objective objective) => new() { Objective = objective, Rounds = 8, MaxLeaves = 8, MinChildWeight = 1, Threads = 1 };

    private static TrainingRows Rows(Objective objective, int rows, int seed)
    {
        TrainingRows table = objective == Objectives.Logistic ? Tables.Binary(rows, seed: seed) : Tables.Amounts(rows, seed: seed);
        return objective == Objectives.Gamma ? table with { Labels = table.Labels.ToArray().Select(label => label + 0.1f).ToArray() } : table;
    }

    private static double Loss(Booster model, TrainingRows rows)
    {
        int outputs = model.Objective.Outputs;
        double[] raw = model.Raw(rows.Data);
        return Enumerable.Range(0, rows.Data.RowCount).Average(row => model.Objective.Loss(raw.AsSpan(row * outputs, outputs), rows.Labels.Span[row]));
    }

    private static void Near(double[] found, double[] expected, double tolerance)
    {
        for (int i = 0; i < found.Length; i++)
            found[i].Should().BeApproximately(expected[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
