using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Models.Store;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Naming;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Recommend;

namespace CustomerValue.Training.Decide;

/// <summary>Decisions as CSV, or as JSON with one customer a line; written under another name and renamed when whole.</summary>
internal static class DecisionFile
{
    private const string Header = "customer_id,as_of,strategy,stage,action,action_name,channel,service_level,cost,expected_gain,gain_p10,gain_p90,reasons,model_version,playbook_hash";

    public static void Write(string path, DecisionPlan plan, CustomerStrategies strategies, Language language, CancellationToken cancellation) => PartialFile.Write(path, stream =>
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        bool json = RecommendationFile.IsJson(path);
        if (!json)
            writer.WriteLine(Header);
        for (int i = 0; i < plan.Customers.Count; i++)
        {
            if (i % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            DecisionRow row = DecisionRow.Of(plan, strategies, i, language);
            writer.WriteLine(json ? JsonSerializer.Serialize(row, StoreJson.Compact) : Line(row));
        }
    });

    private static string Line(DecisionRow row) => string.Create(CultureInfo.InvariantCulture,
        $"{Field(row.CustomerId)},{row.AsOf:yyyy-MM-dd},{row.Strategy},{row.Stage},{Field(row.Action)},{Field(row.ActionName)},{Field(row.Channel)},{Field(row.ServiceLevel)},{row.Cost:R},")
        + string.Create(CultureInfo.InvariantCulture, $"{row.ExpectedGain:R},{row.GainP10:R},{row.GainP90:R},{Field(string.Join(' ', row.Reasons))},{row.ModelVersion},{row.PlaybookHash}");

    private static string Field(string? text) => text is null ? "" : text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
