namespace CustomerValue.Boosting.Tests;

public sealed class QualityTests(ITestOutputHelper output)
{
    [Fact]
    public void Telco_in_five_stratified_folds_reaches_the_reference()
    {
        TrainingRows rows = TelcoTable.Read();
        int[] folds = StratifiedFolds.Assign(rows.Labels.Span, 5);
        double auc = 0, loss = 0;
        for (int fold = 0; fold < 5; fold++)
        {
            (int[] training, int[] held) = StratifiedFolds.Split(folds, fold);
            TrainingRows test = rows.Select(held);
            double[] responses = Booster.Fit(rows.Select(training), BoosterOptions.ForSmallData(Objectives.Logistic)).Responses(test.Data);
            auc += Metrics.AreaUnderCurve(responses, test.Labels.Span) / 5;
            loss += Metrics.LogLoss(responses, test.Labels.Span) / 5;
        }
        output.WriteLine($"AUC {auc:F4}, log loss {loss:F4}");
        auc.Should().BeGreaterThanOrEqualTo(0.8476);
        loss.Should().BeLessThanOrEqualTo(0.413);
    }
}
