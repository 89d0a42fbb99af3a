using CustomerValue.Data.Files;
using CustomerValue.Data.Text;
using CustomerValue.Models.Versions;

namespace CustomerValue.Training.Score;

/// <summary>Scores as CSV, one row a customer.</summary>
internal static class ScoreFile
{
    private static readonly string[] s_columns =
    [
        "customer_id", "churn_probability", "probability_alive", "expected_purchases", "expected_spend", "spend_p10", "spend_p50", "spend_p90",
        "lifetime_value", "lifetime_value_p10", "lifetime_value_p90", "next_purchase", "overdue", "cohort",
    ];

    /// <summary>Writes the file, replacing an earlier one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scored">Customers with a purchase.</param>
    /// <param name="newcomers">Customers without one, for whom a cohort answers; they come last.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, ScoredCustomers scored, IReadOnlyList<CustomerPrediction> newcomers, CancellationToken cancellation) => WholeFile.Write(path, stream =>
    {
        using CsvWriter csv = new(stream, s_columns);
        int written = 0;
        foreach (CustomerPrediction row in Enumerable.Range(0, scored.Count).Select(i => scored[i]).Concat(newcomers))
        {
            if (written++ % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            Write(csv, row);
        }
    });

    private static void Write(CsvWriter csv, CustomerPrediction row)
    {
        csv.Text(row.CustomerId);
        csv.Number(row.ChurnProbability);
        csv.Number(row.ProbabilityAlive);
        csv.Number(row.ExpectedPurchases);
        csv.Number(row.ExpectedSpend);
        csv.Number(row.SpendP10);
        csv.Number(row.SpendP50);
        csv.Number(row.SpendP90);
        csv.Number(row.LifetimeValue);
        csv.Number(row.LifetimeValueP10);
        csv.Number(row.LifetimeValueP90);
        csv.Day(row.NextPurchase);
        csv.Number(row.Overdue);
        csv.Text(row.Cohort?.Name);
        csv.EndRow();
    }
}
