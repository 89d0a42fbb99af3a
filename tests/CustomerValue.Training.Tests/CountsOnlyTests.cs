using System.Text.RegularExpressions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Visits without amounts are a log like any other: what counts is trained, scored and reported, and what needs money says that it is off.</summary>
public sealed partial class CountsOnlyTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public CountsOnlyTests()
    {
        string[] lines = File.ReadAllLines(_workspace.PathOf(_workspace.WriteTransactions()));
        _workspace.Write("visits.csv", "member_id,visit_date\n" + string.Concat(lines.Skip(1).Select(line => line[..line.LastIndexOf(',')] + "\n")));
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Counts_are_those_of_the_same_rows_with_amounts_and_money_is_off_everywhere()
    {
        Run train = await _workspace.SucceedAsync("train", "--transactions", "visits.csv", "--horizon", "45", "--candidates", "recency-rule,mbg-nbd", "--promote", "always");
        train.Out.Should().Contain("spend and value are off").And.NotContain("spend MAE").And.NotContain("NaN");
        (train.Out + train.Error).Should().Contain("has no amounts").And.NotContain("have the amount 0");
        string report = Text(File.ReadAllText(Directory.GetFiles(_workspace.Store, "report.html", SearchOption.AllDirectories).Single()));
        report.Should().Contain("Off: the transactions have no amounts").And.NotContain("NaN").And.NotContain("the error of spend").And.NotContain("bias of total spend");

        Run score = await _workspace.SucceedAsync("score", "--transactions", "visits.csv", "--out", "visits-scores.csv");
        score.Out.Should().Contain("off: the transactions have no amounts").And.Contain("Customers who will buy most often").And.NotContain("Most valuable");

        await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--horizon", "45", "--candidates", "recency-rule,mbg-nbd", "--promote", "always");
        await _workspace.SucceedAsync("score", "--transactions", "orders.csv", "--out", "orders-scores.csv");
        Columns("visits-scores.csv", "customer_id", "churn_probability", "expected_purchases", "next_purchase").Should().Equal(Columns("orders-scores.csv", "customer_id", "churn_probability", "expected_purchases", "next_purchase"));
    }

    [Fact]
    public async Task Values_and_plans_are_refused_with_what_can_be_asked_instead()
    {
        await _workspace.SucceedAsync("train", "--transactions", "visits.csv", "--horizon", "45", "--candidates", "recency-rule,mbg-nbd", "--promote", "always");
        foreach (string verb in (string[])["recommend", "decide"])
        {
            Run run = await _workspace.RunAsync(verb, "--transactions", "visits.csv");
            run.ExitCode.Should().Be(ExitCode.BadData);
            run.Message.Should().Contain("visits.csv: found no amounts").And.Contain("--map amount=").And.Contain("score");
        }
    }

    private string[] Columns(string file, params string[] names)
    {
        string[][] rows = [.. File.ReadLines(_workspace.PathOf(file)).Select(line => line.Split(','))];
        int[] places = Array.ConvertAll(names, name => Array.IndexOf(rows[0], name));
        return [.. rows.Select(row => string.Join(' ', places.Select(place => row[place])))];
    }

    private static string Text(string html) => Tag().Replace(html, " ");

    [GeneratedRegex("<style.*?</style>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();
}
