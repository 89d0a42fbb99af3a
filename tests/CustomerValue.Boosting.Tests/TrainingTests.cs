namespace CustomerValue.Boosting.Tests;

public sealed class TrainingTests
{
    private static readonly BoosterOptions s_logistic = new() { Objective = Objectives.Logistic, Rounds = 40, MaxLeaves = 15, MinChildWeight = 5 };

    [Fact]
    public void A_signal_is_learnt()
    {
        TrainingRows rows = Tables.Binary(4000), test = Tables.Binary(4000, seed: 2);
        Booster model = BoosterTrainer.Fit(rows, s_logistic).Model;
        // The Bayes rank of this table is about .80: signal variance 1.4 + .64 + .25.
        Metrics.AreaUnderCurve(model.Raw(test.Data), test.Labels.Span).Should().BeGreaterThan(0.74);
        Metrics.LogLoss(model.Responses(test.Data), test.Labels.Span).Should().BeLessThan(0.60);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Any_number_of_threads_gives_the_same_bits(int threads)
    {
        TrainingRows rows = Tables.Binary(60_000, features: 35);
        BoosterOptions options = s_logistic with { Rounds = 3, RowSampling = 0.8, ColumnSampling = 0.7 };
        double[] one = BoosterTrainer.Fit(rows, options with { Threads = 1 }).Model.Raw(rows.Data);
        double[] many = BoosterTrainer.Fit(rows, options with { Threads = threads }).Model.Raw(rows.Data);
        many.Should().Equal(one);
    }

    [Fact]
    public void A_row_alone_scores_as_in_company()
    {
        TrainingRows rows = Tables.Binary(2000);
        Booster model = BoosterTrainer.Fit(rows, s_logistic).Model;
        double[] together = model.Raw(rows.Data);
        float[] row = new float[rows.Data.Columns.Count];
        for (int i = 0; i < rows.Data.RowCount; i += 7)
        {
            for (int feature = 0; feature < row.Length; feature++)
                row[feature] = rows.Data.Columns[feature].Values.Span[i];
            model.PredictRaw(row).Should().Be(together[i]);
        }
    }

    [Fact]
    public void Training_scores_are_those_of_the_model()
    {
        TrainingRows rows = Tables.Binary(3000);
        TrainingResult result = BoosterTrainer.Fit(rows, s_logistic with { RecordTrainingLoss = true, RowSampling = 0.7 }, validation: rows);
        double loss = Metrics.LogLoss(result.Model.Responses(rows.Data), rows.Labels.Span);
        result.History.TrainingLoss[^1].Should().BeApproximately(loss, 1e-9);
        result.History.ValidationLoss[^1].Should().BeApproximately(loss, 1e-9);
    }

    [Fact]
    public void A_constant_base_margin_equals_a_shifted_start()
    {
        TrainingRows rows = Tables.Binary(3000);
        double[] margins = new double[3000];
        Array.Fill(margins, 0.4);
        Booster based = BoosterTrainer.Fit(rows with { BaseMargins = margins }, s_logistic).Model;
        Booster shifted = BoosterTrainer.Fit(rows, s_logistic with { StartMargin = 0.4 }).Model;
        based.Raw(rows.Data, margins).Should().Equal(shifted.Raw(rows.Data));
        FluentActions.Invoking(() => based.Raw(rows.Data)).Should().Throw<ArgumentException>().WithMessage("*base margins*");
    }

    [Fact]
    public void Early_stopping_keeps_the_best_round()
    {
        TrainingRows rows = Tables.Binary(600), held = Tables.Binary(600, seed: 5);
        TrainingResult result = BoosterTrainer.Fit(rows, s_logistic with { Rounds = 500, LearningRate = 0.3, MinChildWeight = 0, EarlyStoppingRounds = 10 }, held);
        int best = result.History.ValidationLoss.ToList().IndexOf(result.History.ValidationLoss.Min());
        result.Model.Rounds.Should().Be(best + 1).And.BeLessThan(490);
        result.History.ValidationLoss.Should().HaveCount(best + 11);
        Metrics.LogLoss(result.Model.Responses(held.Data), held.Labels.Span).Should().BeApproximately(result.History.ValidationLoss[best], 1e-9);
    }
}
