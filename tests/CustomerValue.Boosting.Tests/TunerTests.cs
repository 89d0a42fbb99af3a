namespace CustomerValue.Boosting.Tests;

public sealed class TunerTests
{
    private static readonly BoosterOptions s_short = new() { Objective = Objectives.Logistic, Rounds = 300, EarlyStoppingRounds = 20, MaxLeaves = 8, MinChildWeight = 0.1 };

    [Fact]
    public void Noise_is_learnt_for_few_rounds_and_a_sharp_rule_for_many()
    {
        BoosterOptions noise = BoosterTuner.Choose(Checkers(2000, sharp: false), [s_short]).Options;
        BoosterOptions rule = BoosterTuner.Choose(Checkers(2000, sharp: true), [s_short]).Options;
        noise.Rounds.Should().BeLessThan(20);
        rule.Rounds.Should().BeGreaterThan(50);
        rule.EarlyStoppingRounds.Should().Be(0, "all rows are trained on, none is left to stop on");
    }

    [Fact]
    public void The_shape_that_the_table_asks_for_wins()
    {
        BoosterOptions stump = s_short with { MaxLeaves = 2 };
        BoosterTuner.Choose(Checkers(2000, sharp: true), [stump, s_short]).Options.MaxLeaves.Should().Be(8, "a checkerboard has no single feature that helps");
    }

    [Fact]
    public void The_choice_does_not_depend_on_threads_and_changes_with_the_seed()
    {
        TrainingRows rows = Tables.Binary(1000);
        BoosterOptions drawn = s_short with { RowSampling = 0.6, Threads = 1 };
        TunedOptions one = BoosterTuner.Choose(rows, [drawn]), many = BoosterTuner.Choose(rows, [drawn with { Threads = 3 }]);
        (many.Options.Rounds, many.Loss).Should().Be((one.Options.Rounds, one.Loss));
        BoosterTuner.Choose(rows, [drawn with { Seed = 2 }]).Loss.Should().NotBe(one.Loss);
    }

    [Fact]
    public void Candidates_that_never_stop_and_rows_that_cannot_be_learnt_from_are_refused()
    {
        FluentActions.Invoking(() => BoosterTuner.Choose(Tables.Binary(100), [s_short with { EarlyStoppingRounds = 0 }])).Should().Throw<ArgumentException>().WithMessage("*stop early*");
        FluentActions.Invoking(() => BoosterTuner.Choose(Tables.Binary(100), [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => BoosterTuner.Choose(new(BoostingData.FromRows([1, 2, 3, 4, 5, 6], 1), new float[] { 0, 1, 2, 1, 0, 1 }), [s_short])).Should().Throw<InvalidTrainingDataException>();
    }

    /// <summary>Labels on a checkerboard of four by four fields, or by chance alone.</summary>
    private static TrainingRows Checkers(int rows, bool sharp)
    {
        Random random = new(3);
        float[] values = new float[2 * rows], labels = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            (values[2 * row], values[2 * row + 1]) = (random.NextSingle(), random.NextSingle());
            int field = (int)(4 * values[2 * row]) + (int)(4 * values[2 * row + 1]);
            labels[row] = sharp ? field % 2 : random.Next(2);
        }
        return new(BoostingData.FromRows(values, 2), labels);
    }
}
