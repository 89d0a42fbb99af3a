using System.Text;
using System.Text.Json;
using CustomerValue.Data.Files;
using CustomerValue.Data.Text;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Recommend;

namespace CustomerValue.Training.Plan;

/// <summary>Contacts as CSV, or as JSON with one contact a line; an earlier file is replaced when the new one is whole.</summary>
internal static class PlanFile
{
    private static readonly (string Name, Action<CsvWriter, PlanRow> Write)[] s_columns =
    [
        ("customer_id", (csv, row) => csv.Text(row.CustomerId)),
        ("as_of", (csv, row) => csv.Day(row.AsOf)),
        ("state", (csv, row) => csv.Text(StrategyNames.Of(row.State))),
        ("date", (csv, row) => csv.Day(row.Date)),
        ("earliest", (csv, row) => csv.Day(row.Earliest)),
        ("owner", (csv, row) => csv.Text(row.Owner)),
        ("purpose", (csv, row) => csv.Text(StrategyNames.Of(row.Purpose))),
        ("purpose_name", (csv, row) => csv.Text(row.PurposeName)),
        ("kind", (csv, row) => csv.Text(StrategyNames.Of(row.Kind))),
        ("kind_name", (csv, row) => csv.Text(row.KindName)),
        ("action", (csv, row) => csv.Text(row.Action)),
        ("action_name", (csv, row) => csv.Text(row.ActionName)),
        ("channel", (csv, row) => csv.Text(row.Channel)),
        ("service_level", (csv, row) => csv.Text(row.ServiceLevel)),
        ("cost", (csv, row) => csv.Number(row.Cost)),
        ("expected_gain", (csv, row) => csv.Number(row.ExpectedGain)),
        ("next_purchase", (csv, row) => csv.Day(row.NextPurchase)),
        ("talking_points", (csv, row) => csv.Text(string.Join(' ', row.TalkingPoints))),
        ("model_version", (csv, row) => csv.Text(row.ModelVersion)),
        ("playbook_hash", (csv, row) => csv.Text(row.PlaybookHash)),
    ];

    public static void Write(string path, IEnumerable<PlanRow> rows) => WholeFile.Write(path, stream =>
    {
        if (RecommendationFile.IsJson(path))
        {
            using StreamWriter lines = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            foreach (PlanRow row in rows)
                lines.WriteLine(JsonSerializer.Serialize(row, StoreJson.Compact));
            return;
        }
        using CsvWriter csv = new(stream, Array.ConvertAll(s_columns, column => column.Name));
        foreach (PlanRow row in rows)
        {
            foreach ((_, Action<CsvWriter, PlanRow> write) in s_columns)
                write(csv, row);
            csv.EndRow();
        }
    });
}
