namespace CustomerValue.Boosting.Tests;

public sealed class QualityTests(ITestOutputHelper output)
{
    [Fact]
    public void Telco_in_five_stratified_folds_reaches_the_reference()
    {
        TrainingRows rows = RealTables.Telco();
        int[] folds = StratifiedFolds.Assign(rows.Labels.Span, 5);
        double auc = 0, loss = 0;
        for (int fold = 0; fold < 5; fold++)
        {
            (int[] training, int[] held) = StratifiedFolds.Split(folds, fold);
            TrainingRows test = rows.Select(held);
            double[] responses = BoosterTrainer.Fit(rows.Select(training), BoosterOptions.ForSmallData(Objectives.Logistic)).Model.Responses(test.Data);
            auc += Metrics.AreaUnderCurve(responses, test.Labels.Span) / 5;
            loss += Metrics.LogLoss(responses, test.Labels.Span) / 5;
        }
        output.WriteLine($"AUC {auc:F4}, log loss {loss:F4}");
        auc.Should().BeGreaterThanOrEqualTo(0.8476);
        loss.Should().BeLessThanOrEqualTo(0.413);
    }

    [Fact]
    public void Telco_with_rounds_chosen_within_the_folds_is_as_good_as_with_the_rounds_known_for_it()
    {
        TrainingRows rows = RealTables.Telco();
        int[] folds = StratifiedFolds.Assign(rows.Labels.Span, 5);
        double loss = 0;
        for (int fold = 0; fold < 5; fold++)
        {
            (int[] training, int[] held) = StratifiedFolds.Split(folds, fold);
            TrainingRows known = rows.Select(training), test = rows.Select(held);
            TunedOptions tuned = BoosterTuner.Choose(known, BoosterTuner.Candidates(Objectives.Logistic, known.Data.RowCount));
            output.WriteLine($"{tuned.Options.Rounds} rounds of depth {tuned.Options.MaxDepth}: {tuned.Loss:F4} held out within the fold");
            loss += Metrics.LogLoss(BoosterTrainer.Fit(known, tuned.Options).Model.Responses(test.Data), test.Labels.Span) / 5;
        }
        output.WriteLine($"log loss {loss:F4}");
        loss.Should().BeLessThanOrEqualTo(0.4126);
    }

    private const int Folds = 4;

    /// <summary>XGBoost's defaults: rate .3, depth 6, lambda 1, ten rounds, a start of .5.</summary>
    [Theory]
    [InlineData("telco")]
    [InlineData("hillstrom")]
    [InlineData("binary")]
    [InlineData("amounts")]
    public void With_XGBoosts_defaults_the_held_out_loss_is_as_low(string table)
    {
        using XgboostOracle oracle = XgboostOracle.OrSkip();
        TrainingRows rows = table switch
        {
            "telco" => RealTables.Telco().AsNumbers(),
            "hillstrom" => RealTables.Hillstrom().AsNumbers(),
            "binary" => Tables.Binary(20_000, features: 10),
            _ => Tables.Amounts(20_000, features: 10),
        };
        bool amounts = table == "amounts";
        int[] folds = StratifiedFolds.Assign(rows.Labels.Span, Folds);
        oracle.WriteTable(rows);
        File.WriteAllText(oracle.PathOf("folds"), string.Join(' ', folds));
        oracle.Run($$"""
            folds = np.array(open('folds').read().split(), dtype='i4')
            p = np.zeros(len(y), dtype='f4')
            for k in range({{Folds}}):
                b = xgb.train({'objective': '{{(amounts ? "reg:tweedie" : "binary:logistic")}}', 'nthread': 1}, matrix().slice(np.where(folds != k)[0]))
                p[folds == k] = b.predict(matrix().slice(np.where(folds == k)[0]))
            p.tofile('responses')
            """);
        BoosterOptions defaults = new()
        {
            Objective = amounts ? Objectives.Tweedie() : Objectives.Logistic,
            Rounds = 10,
            LearningRate = 0.3,
            MaxDepth = 6,
            MaxLeaves = 64,
            StartMargin = amounts ? Math.Log(0.5) : 0,
        };
        double[] ours = new double[folds.Length], theirs = [.. oracle.Read("responses").Select(p => (double)p)];
        for (int fold = 0; fold < Folds; fold++)
        {
            (int[] training, int[] held) = StratifiedFolds.Split(folds, fold);
            double[] responses = BoosterTrainer.Fit(rows.Select(training), defaults).Model.Responses(rows.Data.Select(held));
            for (int i = 0; i < held.Length; i++)
                ours[held[i]] = responses[i];
        }
        double Loss(double[] responses) => amounts
            ? Metrics.TweedieDeviance(responses, rows.Labels.Span, 1.5) : Metrics.LogLoss(responses, rows.Labels.Span);
        output.WriteLine($"{table}: ours {Loss(ours):F5}, XGBoost {Loss(theirs):F5}");
        Loss(ours).Should().BeLessThan(1.005 * Loss(theirs));
    }
}
