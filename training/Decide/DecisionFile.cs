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
    private static readonly (string Name, Action<CsvWriter, CustomerDecision> Write)[] s_columns =
    [
        ("customer_id", (csv, row) => csv.Text(row.CustomerId)),
        ("as_of", (csv, row) => csv.Day(row.AsOf)),
        ("strategy", (csv, row) => csv.Text(row.Strategy)),
        ("stage", (csv, row) => csv.Text(row.Stage)),
        ("action", (csv, row) => csv.Text(row.Action)),
        ("action_name", (csv, row) => csv.Text(row.ActionName)),
        ("channel", (csv, row) => csv.Text(row.Channel)),
        ("service_level", (csv, row) => csv.Text(row.ServiceLevel)),
        ("date", (csv, row) => csv.Day(row.Date)),
        ("cost", (csv, row) => csv.Number(row.Cost)),
        ("expected_gain", (csv, row) => csv.Number(row.ExpectedGain)),
        ("gain_p10", (csv, row) => csv.Number(row.GainP10)),
        ("gain_p90", (csv, row) => csv.Number(row.GainP90)),
        ("reasons", (csv, row) => csv.Text(string.Join(' ', row.Reasons))),
        ("model_version", (csv, row) => csv.Text(row.ModelVersion)),
        ("playbook_hash", (csv, row) => csv.Text(row.PlaybookHash)),
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
            using CsvWriter csv = new(stream, Array.ConvertAll(s_columns, column => column.Name));
            WriteRows(row =>
            {
                foreach ((_, Action<CsvWriter, CustomerDecision> write) in s_columns)
                    write(csv, row);
                csv.EndRow();
            });
        }

        void WriteRows(Action<CustomerDecision> write)
        {
            for (int i = 0; i < plan.Customers.Count; i++)
            {
                if (i % 4096 == 0)
                    cancellation.ThrowIfCancellationRequested();
                write(CustomerDecision.Of(plan.Customers, strategies, plan.Playbook, plan.Model, i, plan.ActionOf(i), language));
            }
        }
    });
}
