using System.Globalization;
using System.Text.Json;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Influence;

namespace CustomerValue.Strategy.Tests.Influence;

/// <summary>Cases under tests/cases/strategy/influence; each says in its case.json why the figures are right.</summary>
public class InfluenceCasesTests
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TheoryData<string> Cases() =>
        [.. Directory.GetDirectories(ReferenceData.Case("strategy", "influence")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_flows_as_its_file_says(string name)
    {
        string folder = ReferenceData.Case("strategy", "influence", name);
        JsonElement about = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement;
        NameTable customers = new([.. about.GetProperty("customers").EnumerateObject().Select(customer => customer.Name)]);
        double[] values = [.. about.GetProperty("customers").EnumerateObject().Select(customer => customer.Value.GetDouble())];
        DateOnly[]? firstDays = about.TryGetProperty("first_days", out JsonElement days) ? [.. customers.Names.Select(id => Day(days.GetProperty(id)))] : null;
        DateOnly? until = about.TryGetProperty("until", out JsonElement cutoff) ? Day(cutoff) : null;

        ReferralGraph graph = ReferralGraph.Read(Path.Combine(folder, "referrals.csv"), new ReferralScope(customers, firstDays, until));
        InfluenceValues influence = InfluenceValues.Compute(graph, values, about.GetProperty("options").Deserialize<InfluenceOptions>(s_json));

        string[] lines = [.. Enumerable.Range(0, customers.Count).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{customers[i]} credited {influence.Credited[i]:0.0000} shared {influence.Shared[i]:0.0000}"))];
        string.Join('\n', lines).Should().Be(File.ReadAllText(Path.Combine(folder, "expected.txt")).TrimEnd());
        graph.Findings.Select(finding => finding.Code).Should().Equal(about.GetProperty("findings").EnumerateArray().Select(code => code.GetString()));
    }

    private static DateOnly Day(JsonElement text) => DateOnly.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
