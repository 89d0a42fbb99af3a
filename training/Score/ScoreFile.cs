using System.Globalization;
using System.Text;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Score;

/// <summary>Scores as CSV, one row a customer, numbers in round-trip form; written under another name and renamed when whole.</summary>
internal static class ScoreFile
{
    private const string Header = "customer_id,churn_probability,probability_alive,expected_purchases,expected_spend,spend_p10,spend_p50,spend_p90,"
        + "lifetime_value,lifetime_value_p10,lifetime_value_p90,next_purchase,overdue,cohort";

    /// <summary>Writes the file, replacing an earlier one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scored">Customers with a purchase.</param>
    /// <param name="newcomers">Customers without one, for whom a cohort answers; they come last.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, ScoredCustomers scored, IReadOnlyList<CustomerPrediction> newcomers, CancellationToken cancellation) => PartialFile.Write(path, stream =>
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        WriteRows(writer, Enumerable.Range(0, scored.Count).Select(i => scored[i]).Concat(newcomers), cancellation);
    });

    private static void WriteRows(StreamWriter writer, IEnumerable<CustomerPrediction> rows, CancellationToken cancellation)
    {
        writer.WriteLine(Header);
        int written = 0;
        foreach (CustomerPrediction row in rows)
        {
            if (written++ % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Field(row.CustomerId)},{row.ChurnProbability:R},{row.ProbabilityAlive:R},{row.ExpectedPurchases:R},{row.ExpectedSpend:R},{row.SpendP10:R},{row.SpendP50:R},{row.SpendP90:R},{row.LifetimeValue:R},{row.LifetimeValueP10:R},{row.LifetimeValueP90:R},{row.NextPurchase:yyyy-MM-dd},{row.Overdue:R},{Field(row.Cohort?.Name ?? "")}"));
        }
    }

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
