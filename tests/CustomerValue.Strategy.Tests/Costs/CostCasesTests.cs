using System.Globalization;
using System.Text.Json;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Costs;

namespace CustomerValue.Strategy.Tests.Costs;

/// <summary>Cases under tests/cases/strategy/cost-to-serve; each says in its case.json why the figures are right.</summary>
public class CostCasesTests
{
    public static TheoryData<string> Cases() =>
        [.. Directory.GetDirectories(ReferenceData.Case("strategy", "cost-to-serve")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_costs_what_its_file_says(string name)
    {
        string folder = ReferenceData.Case("strategy", "cost-to-serve", name);
        using JsonDocument about = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        NameTable customers = new([.. about.RootElement.GetProperty("customers").EnumerateArray().Select(id => id.GetString()!)]);
        CostPeriod period = new(Day(about, "from"), Day(about, "until"));
        ActivityLog activities = ActivityLog.Read(Path.Combine(folder, "activities.csv"), customers);
        CostRates rates = CostRates.Read(Path.Combine(folder, "rates.csv"), Path.Combine(folder, "pools.csv"));

        CostToServe costs = CostToServe.Compute(activities, rates, period);

        string.Join('\n', Lines(costs)).Should().Be(File.ReadAllText(Path.Combine(folder, "expected.txt")).TrimEnd());
    }

    private static List<string> Lines(CostToServe costs)
    {
        List<string> lines = [];
        for (int customer = 0; customer < costs.Customers.Count; customer++)
            lines.Add(Text($"customer {costs.Customers[customer]} {costs.Cents[customer] / 100m:0.00}"));
        foreach (ActivityCost activity in costs.ByActivity)
            lines.Add(Text($"activity {activity.Activity} {activity.Cost:0.00} unknown {activity.UnknownCustomers:0.00}"));
        foreach (PoolUse pool in costs.Pools)
            lines.Add(Text($"pool {pool.Pool.Name} used {pool.Used:0.##} assigned {pool.Assigned:0.00} idle {pool.Idle:0.00}"));
        lines.Add(Text($"total {costs.Total:0.00}"));
        return lines;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static DateOnly Day(JsonDocument about, string name) => DateOnly.Parse(about.RootElement.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
