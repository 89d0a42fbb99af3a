using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Recommend;

/// <summary>Recommendations as CSV, or as JSON with one customer a line where the name ends in .json or .jsonl; written under another name and renamed when whole.</summary>
internal static class RecommendationFile
{
    private const string Header = "customer_id,as_of,realised_value,current_value,potential_value,potential_p10,potential_p90,influence_value,total_value,headroom,"
        + "churn_probability,cost_to_serve,current_index,potential_index,value_index,quadrant,quadrant_probability,retain_probability,develop_probability,maintain_probability,"
        + "cultivate_probability,held,stage,lateness,strategy,strategy_name,service_level,channels,budget_share,next_step,reasons,model_version";

    /// <summary>Whether a file of this name is written as JSON.</summary>
    public static bool IsJson(string path) => Path.GetExtension(path).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson";

    /// <summary>Writes the file, replacing an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one stays.</exception>
    public static void Write(string path, StrategyResult result, Language language, CancellationToken cancellation) => PartialFile.Write(path, stream =>
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        bool json = IsJson(path);
        if (!json)
            writer.WriteLine(Header);
        for (int i = 0; i < result.Strategies.Count; i++)
        {
            if (i % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            RecommendationAnswer row = RecommendationAnswer.Of(result, i, language);
            writer.WriteLine(json ? JsonSerializer.Serialize(row, StoreJson.Compact) : Line(row));
        }
    });

    private static string Line(RecommendationAnswer row) => string.Create(CultureInfo.InvariantCulture,
        $"{Field(row.CustomerId)},{row.AsOf:yyyy-MM-dd},{row.RealisedValue:R},{row.CurrentValue:R},{row.PotentialValue:R},{row.PotentialP10:R},{row.PotentialP90:R},{row.InfluenceValue:R},{row.TotalValue:R},{row.Headroom:R},")
        + string.Create(CultureInfo.InvariantCulture,
        $"{row.ChurnProbability:R},{row.CostToServe:R},{row.CurrentIndex:R},{row.PotentialIndex:R},{row.ValueIndex:R},{Word(row.Quadrant)},{row.QuadrantProbability:R},{row.QuadrantProbabilities.Retain:R},{row.QuadrantProbabilities.Develop:R},{row.QuadrantProbabilities.Maintain:R},")
        + string.Create(CultureInfo.InvariantCulture,
        $"{row.QuadrantProbabilities.Cultivate:R},{(row.Held ? "yes" : "no")},{Word(row.Stage)},{row.Lateness:R},{Word(row.Strategy)},{Field(row.Practice.Name)},{Field(row.Practice.ServiceLevel)},{Field(row.Practice.Channels)},{row.Practice.BudgetShare:R},{Field(row.Practice.NextStep)},{Field(string.Join(' ', row.Reasons))},{row.ModelVersion}");

    private static string Word<TWord>(TWord word) where TWord : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
