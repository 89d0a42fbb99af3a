using System.Text.Json.Nodes;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class ValidateTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("amount=Quantity*UnitPrice")]
    public async Task Both_Online_Retail_files_give_the_counts_of_the_reference(string? map)
    {
        string[] mapping = map is null ? [] : ["--map", map];
        Run run = await _workspace.SucceedAsync(["validate", "--json", "--transactions",
            ReferenceData.File("uci_online_retail", "online_retail_2009_2010.csv.gz"), ReferenceData.File("uci_online_retail", "online_retail_2010_2011.csv.gz"), .. mapping]);
        JsonNode summary = run.Json["summary"]!, paid = summary["paid"]!;
        paid["rows"]!.GetValue<long>().Should().Be(791_044);
        paid["customers"]!.GetValue<int>().Should().Be(5_878);
        paid["orders"]!.GetValue<long>().Should().Be(36_969);
        paid["customer_days"]!.GetValue<long>().Should().Be(33_107);
        summary["lines"]!.GetValue<long>().Should().Be(525_461 + 541_909);
        summary["without_customer"]!.GetValue<long>().Should().BePositive();
        summary["files"]![0]!["columns"]!["amount"]!.GetValue<string>().Should().Be("Quantity*UnitPrice");
    }

    [Fact]
    public async Task Every_line_is_in_exactly_one_count()
    {
        _workspace.Write("orders.csv", "customer_id,date,amount\nA,2024-01-01,10\nA,2024-01-02,-3\n,2024-01-03,4\nB,2024-13-01,5\nB,2024-02-01,0\n");
        Run run = await _workspace.SucceedAsync("validate", "--transactions", "orders.csv", "--max-rejected", "0.5", "--json");
        JsonNode summary = run.Json["summary"]!;
        summary["lines"]!.GetValue<long>().Should().Be(5);
        summary["without_customer"]!.GetValue<long>().Should().Be(1);
        summary["rejected_by_reason"]!["bad-date"]!.GetValue<long>().Should().Be(1);
        summary["rows"]!.GetValue<long>().Should().Be(3);
        run.Json["rejected"]![0]!["line"]!.GetValue<long>().Should().Be(5);
        run.Json["rejected"]![0]!["found"]!.GetValue<string>().Should().Be("2024-13-01");
    }

    [Fact]
    public async Task People_see_reason_and_example_of_a_rejected_line()
    {
        _workspace.Write("orders.csv", "customer_id,date,amount\nA,2024-01-01,10\nB,2024-13-01,5\n");
        Run run = await _workspace.SucceedAsync("validate", "--transactions", "orders.csv", "--max-rejected", "0.5");
        run.Out.Should().Contain("bad date").And.Contain("line 3").And.Contain("2024-13-01");
    }

    [Fact]
    public async Task All_rejected_lines_are_written_on_request()
    {
        _workspace.Write("orders.csv", "customer_id,date,amount\nA,2024-01-01,10\nB,2024-13-01,5\nC,2024-01-01,much\n");
        await _workspace.SucceedAsync("validate", "--transactions", "orders.csv", "--max-rejected", "1", "--rejects", "rejects.csv");
        File.ReadAllLines(_workspace.PathOf("rejects.csv")).Should().HaveCount(3);
    }

    [Fact]
    public async Task Names_of_attributes_are_given()
    {
        _workspace.WriteTransactions();
        _workspace.Write("customers.csv", "customer_id,city,age\nK000,Bonn,40\nK001,Ulm,30\n");
        Run run = await _workspace.SucceedAsync("validate", "--transactions", "orders.csv", "--attributes", "customers.csv", "--json");
        run.Json["attributes"]!["customers"]!.GetValue<int>().Should().Be(2);
    }
}
