using System.Diagnostics;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;
using DuckDB.NET.Data;

namespace CustomerValue.Training.Tests;

/// <summary><c>features --compute source</c> in ranges of customers: what is cut off goes on, and gives the same bytes.</summary>
public sealed class FeatureRangeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_run_that_was_killed_goes_on_and_gives_the_same_bytes()
    {
        await StoreAsync(1_500);
        (await ProgramProcess.RunAsync(_workspace.Folder, Features("whole.csv", "--ranges", "12"))).ExitCode.Should().Be(ExitCode.Done);
        string[] arguments = Features("killed.csv", "--ranges", "12");
        string folder = _workspace.PathOf("killed.csv.ranges");
        using (Process program = ProgramProcess.Start(_workspace.Folder, arguments))
        {
            while (!program.HasExited && !File.Exists(Path.Combine(folder, "range-2-1")))
                await Task.Delay(1);
            program.HasExited.Should().BeFalse("it is killed at work");
            program.Kill();
            await program.WaitForExitAsync();
        }
        File.Exists(_workspace.PathOf("killed.csv")).Should().BeFalse();

        Run again = await ProgramProcess.RunAsync(_workspace.Folder, arguments);

        again.ExitCode.Should().Be(ExitCode.Done, again.ToString());
        again.Json["ranges"]!["count"]!.GetValue<int>().Should().Be(12);
        again.Json["ranges"]!["taken_up"]!.GetValue<int>().Should().BeInRange(3, 11);
        File.ReadAllBytes(_workspace.PathOf("killed.csv")).Should().Equal(File.ReadAllBytes(_workspace.PathOf("whole.csv")));
        Directory.Exists(folder).Should().BeFalse("its ranges are in the file");
    }

    [Fact]
    public async Task Ranges_give_the_customers_outcomes_and_doubts_of_what_is_computed_here()
    {
        await StoreAsync(300);
        Run there = await _workspace.SucceedAsync(Features("there.csv", "--ranges", "3", "--attributes", "shop/customers.csv"));
        Run here = await _workspace.SucceedAsync(Features("here.csv", "--compute", "local", "--attributes", "shop/customers.csv"));
        string[][] rows = Read("there.csv"), expected = Read("here.csv");
        rows.Select(row => $"{row[0]} {row[1]} {row[^3]} {row[^2]}").Should().Equal(expected.Select(row => $"{row[0]} {row[1]} {row[^3]} {row[^2]}"));
        there.Json["cutoffs"]!.AsArray().Select(Day).Should().HaveCount(2).And.Equal(here.Json["cutoffs"]!.AsArray().Select(Day));
        there.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()).Should().Equal(["attributes-without-customer", "attributes-without-customer"], "how well attributes fit is told of a day, not of a range");
        here.Json["ranges"].Should().BeNull();

        static string Day(System.Text.Json.Nodes.JsonNode? day) => $"{day!["cutoff"]} {day["customers"]} {day["churned"]} {day["purchases"]}";
    }

    [Fact]
    public async Task Ranges_are_refused_where_rows_are_read_here()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.RunAsync("features", "orders.csv", "--ranges", "3", "--out", "x.csv");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("--ranges").And.Contain("computed here");
    }

    [Fact]
    public async Task A_horizon_that_the_data_do_not_cover_leaves_no_folder()
    {
        await StoreAsync(50);
        Run run = await _workspace.RunAsync(Features("x.csv", "--cutoff", "2022-05-01"));
        run.ExitCode.Should().Be(ExitCode.BadData);
        _workspace.Entries().Should().NotContain(name => name.StartsWith("x.csv", StringComparison.Ordinal));
    }

    /// <summary>The command; what is given takes the place of what is usual.</summary>
    private static string[] Features(string file, params string[] given)
    {
        (string Name, string[] Values)[] usual = [("--compute", ["source"]), ("--cutoff", ["2022-01-10", "2022-03-01"]), ("--horizon", ["30"]), ("--threads", ["1"])];
        return ["features", "duckdb:shop.db?table=orders", "--quiet", "--json", "--out", file, .. given, .. usual.Where(option => !given.Contains(option.Name)).SelectMany(option => (string[])[option.Name, .. option.Values])];
    }

    private async Task StoreAsync(int customers)
    {
        await _workspace.SucceedAsync("simulate", "--customers", $"{customers}", "--days", "500", "--start", "2021-01-01", "--out", "shop");
        using DuckDBConnection connection = new($"Data Source={_workspace.PathOf("shop.db")}");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE orders AS SELECT * FROM read_csv('{_workspace.PathOf("shop", "transactions.csv")}')";
        command.ExecuteNonQuery();
    }

    private string[][] Read(string file) => [.. File.ReadLines(_workspace.PathOf(file)).Select(line => line.Split(','))];
}
