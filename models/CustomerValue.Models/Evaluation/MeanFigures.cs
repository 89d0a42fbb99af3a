namespace CustomerValue.Models.Evaluation;

/// <summary>Figures of the same candidates over several holdouts, averaged; biases as the mean of their absolute values, so that opposite ones do not cancel.</summary>
public static class MeanFigures
{
    /// <summary>Name under which the champions' figures are averaged, whoever they were.</summary>
    public const string Champion = "champion";

    /// <summary>The mean of each candidate that ran at every cutoff, in the order of the first report, then that of the champions.</summary>
    /// <param name="reports">One report a cutoff, at least one.</param>
    public static IReadOnlyList<CandidateReport> Over(IReadOnlyList<RaceReport> reports)
    {
        ArgumentOutOfRangeException.ThrowIfZero(reports.Count);
        List<CandidateReport> means = [];
        foreach (CandidateReport first in reports[0].Candidates)
        {
            CandidateReport[] same = [.. reports.SelectMany(report => report.Candidates.Where(candidate => candidate.Name == first.Name))];
            if (same.Length == reports.Count)
                means.Add(Mean(first.Name, same));
        }
        means.Add(Mean(Champion, [.. reports.Select(report => report.Candidates.Single(candidate => candidate.Name == report.Champion))]));
        return means;
    }

    private static CandidateReport Mean(string name, CandidateReport[] figures)
    {
        double Of(Func<CandidateReport, double> figure) => figures.Average(figure);
        return new CandidateReport
        {
            Name = name,
            IsBaseline = figures.All(candidate => candidate.IsBaseline),
            Description = $"mean over {figures.Length} cutoffs",
            FitSeconds = Of(candidate => candidate.FitSeconds),
            Purchases = new PurchaseMetrics(Of(c => c.Purchases.Mae), Of(c => c.Purchases.Rmse), Of(c => Math.Abs(c.Purchases.Bias)), Of(c => c.Purchases.Pearson), Of(c => c.Purchases.Spearman)),
            Spend = new SpendMetrics
            {
                Mae = Of(c => c.Spend.Mae),
                Rmse = Of(c => c.Spend.Rmse),
                Bias = Of(c => Math.Abs(c.Spend.Bias)),
                Spearman = Of(c => c.Spend.Spearman),
                NormalizedGini = Of(c => c.Spend.NormalizedGini),
                DecileMape = Of(c => c.Spend.DecileMape),
                Top20Captured = Of(c => c.Spend.Top20Captured),
            },
            Churn = new ChurnMetrics(Of(c => c.Churn.Auc), Of(c => c.Churn.AveragePrecision), Of(c => c.Churn.LogLoss), Of(c => c.Churn.Brier), Of(c => c.Churn.CalibrationError), Of(c => c.Churn.TopDecileLift)),
            Active = null,
        };
    }
}
