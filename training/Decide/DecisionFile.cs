using System.Text;
using System.Text.Json;
using CustomerValue.Data.Files;
using CustomerValue.Data.Text;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Models.Store;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Naming;
using CustomerValue.Training.Recommend;

namespace CustomerValue.Training.Decide;

/// <summary>Decisions as CSV, or as JSON with one customer a line; an earlier file is replaced when the new one is whole.</summary>
internal static class DecisionFile
{
    private static readonly string[] s_columns =
    [
        "customer_id", "as_of", "strategy", "stage", "action", "action_name", "channel", "service_level", "cost", "expected_gain", "gain_p10", "gain_p90",
        "reasons", "model_version", "playbook_hash",
    ];

    public static void Write(string path, DecisionPlan plan, CustomerStrategies strategies, Language language, CancellationToken cancellation) => WholeFile.Write(path, stream =>
    {
        if (RecommendationFile.IsJson(path))
        {
            using StreamWriter lines = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            WriteRows(row => lines.WriteLine(JsonSerializer.Serialize(row, StoreJson.Compact)));
        }
        else
        {
            using CsvWriter csv = new(stream, s_columns);
            WriteRows(row => Write(csv, row));
        }

        void WriteRows(Action<DecisionRow> write)
        {
            for (int i = 0; i < plan.Customers.Count; i++)
            {
                if (i % 4096 == 0)
                    cancellation.ThrowIfCancellationRequested();
                write(DecisionRow.Of(plan, strategies, i, language));
            }
        }
    });

    private static void Write(CsvWriter csv, DecisionRow row)
    {
        csv.Text(row.CustomerId);
        csv.Day(row.AsOf);
        csv.Text(row.Strategy);
        csv.Text(row.Stage);
        csv.Text(row.Action);
        csv.Text(row.ActionName);
        csv.Text(row.Channel);
        csv.Text(row.ServiceLevel);
        csv.Number(row.Cost);
        csv.Number(row.ExpectedGain);
        csv.Number(row.GainP10);
        csv.Number(row.GainP90);
        csv.Text(string.Join(' ', row.Reasons));
        csv.Text(row.ModelVersion);
        csv.Text(row.PlaybookHash);
        csv.EndRow();
    }
}
