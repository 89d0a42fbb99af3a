using System.Text;
using System.Text.Json;
using CustomerValue.Data.Files;
using CustomerValue.Data.Text;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Training.Recommend;

/// <summary>Recommendations as CSV, or as JSON with one customer a line where the name ends in .json or .jsonl.</summary>
internal static class RecommendationFile
{
    private static readonly string[] s_columns =
    [
        "customer_id", "as_of", "realised_value", "current_value", "potential_value", "potential_p10", "potential_p90", "influence_value", "total_value", "headroom",
        "churn_probability", "cost_to_serve", "current_index", "potential_index", "value_index", "quadrant", "quadrant_probability", "retain_probability",
        "develop_probability", "maintain_probability", "cultivate_probability", "held", "stage", "lateness", "strategy", "strategy_name", "service_level",
        "channels", "budget_share", "next_step", "reasons", "model_version",
    ];

    /// <summary>Whether a file of this name is written as JSON.</summary>
    public static bool IsJson(string path) => Path.GetExtension(path).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson";

    /// <summary>Writes the file, replacing an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, StrategyResult result, Language language, CancellationToken cancellation) => WholeFile.Write(path, stream =>
    {
        if (IsJson(path))
        {
            using StreamWriter lines = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            WriteRows(result, language, row => lines.WriteLine(JsonSerializer.Serialize(row, StoreJson.Compact)), cancellation);
        }
        else
        {
            using CsvWriter csv = new(stream, s_columns);
            WriteRows(result, language, row => Write(csv, row), cancellation);
        }
    });

    private static void WriteRows(StrategyResult result, Language language, Action<RecommendationAnswer> write, CancellationToken cancellation)
    {
        for (int i = 0; i < result.Strategies.Count; i++)
        {
            if (i % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            write(RecommendationAnswer.Of(result, i, language));
        }
    }

    private static void Write(CsvWriter csv, RecommendationAnswer row)
    {
        csv.Text(row.CustomerId);
        csv.Day(row.AsOf);
        csv.Number(row.RealisedValue);
        csv.Number(row.CurrentValue);
        csv.Number(row.PotentialValue);
        csv.Number(row.PotentialP10);
        csv.Number(row.PotentialP90);
        csv.Number(row.InfluenceValue);
        csv.Number(row.TotalValue);
        csv.Number(row.Headroom);
        csv.Number(row.ChurnProbability);
        csv.Number(row.CostToServe);
        csv.Number(row.CurrentIndex);
        csv.Number(row.PotentialIndex);
        csv.Number(row.ValueIndex);
        csv.Text(Word(row.Quadrant));
        csv.Number(row.QuadrantProbability);
        csv.Number(row.QuadrantProbabilities.Retain);
        csv.Number(row.QuadrantProbabilities.Develop);
        csv.Number(row.QuadrantProbabilities.Maintain);
        csv.Number(row.QuadrantProbabilities.Cultivate);
        csv.Text(row.Held ? "yes" : "no");
        csv.Text(Word(row.Stage));
        csv.Number(row.Lateness);
        csv.Text(Word(row.Strategy));
        csv.Text(row.Practice.Name);
        csv.Text(row.Practice.ServiceLevel);
        csv.Text(row.Practice.Channels);
        csv.Number(row.Practice.BudgetShare);
        csv.Text(row.Practice.NextStep);
        csv.Text(string.Join(' ', row.Reasons));
        csv.Text(row.ModelVersion);
        csv.EndRow();
    }

    private static string Word<TWord>(TWord word) where TWord : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());
}
