using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The queries of a catalogue as text, for databases that someone else asks.</summary>
public sealed class FeaturesSqlTests : IDisposable
{
    private static readonly string[] s_asked = ["features", "--sql", "bigquery", "--table", "shop.sales.orders", "--map", "customer=customer_id", "date=day", "amount=pieces*price", "channel=channel", "--level", "channel=it's", "--cutoff", "2024-06-01", "2024-03-01", "--horizon", "30"];

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Queries_are_printed_written_and_told_to_programs()
    {
        string printed = (await _workspace.SucceedAsync(s_asked)).Out;
        printed.Should().StartWith("-- BigQuery: ").And.Contain("FROM `shop`.`sales`.`orders`").And.Contain("'it\\'s'").And.Contain("AS `purchase_days_all`").And.Contain("CAST(`pieces` AS FLOAT64) * CAST(`price` AS FLOAT64)");
        printed.IndexOf("-- aggregates of days, cutoff 2024-03-01", StringComparison.Ordinal).Should().BePositive().And.BeLessThan(printed.IndexOf("-- aggregates of days, cutoff 2024-06-01", StringComparison.Ordinal));
        (await _workspace.SucceedAsync([.. s_asked, "--out", "queries.sql"])).Out.Should().BeEmpty();
        File.ReadAllText(_workspace.PathOf("queries.sql")).Should().Be(printed);
        JsonNode told = (await _workspace.SucceedAsync([.. s_asked, "--json"])).Json;
        told["language"]!.GetValue<string>().Should().Be("BigQuery");
        told["queries"]!.AsArray().Should().HaveCount(8).And.AllSatisfy(query => printed.Should().Contain(query!["sql"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--table NAME", "--sql", "spark", "--cutoff", "2024-01-01")]
    [InlineData(ExitCode.Usage, "--cutoff DATE", "--sql", "spark", "--table", "x")]
    [InlineData(ExitCode.Usage, "--table NAME", "--sql", "spark", "--table", "x", "--cutoff", "2024-01-01", "--transactions", "orders.csv")]
    [InlineData(ExitCode.Usage, "channel=NAME or category=NAME", "--sql", "spark", "--table", "x", "--cutoff", "2024-01-01", "--map", "customer=c", "date=d", "amount=a", "--level", "product=x")]
    [InlineData(ExitCode.Usage, "without --sql", "--table", "x", "--out", "x.csv")]
    [InlineData(ExitCode.BadData, "no column for customer, date", "--sql", "spark", "--table", "x", "--cutoff", "2024-01-01")]
    public async Task What_cannot_be_written_is_told(int code, string word, params string[] arguments)
    {
        Run run = await _workspace.RunAsync(["features", .. arguments]);
        run.ExitCode.Should().Be(code);
        run.Message.Should().Contain(word).And.MatchRegex("(?i)found .* expected ");
    }
}
