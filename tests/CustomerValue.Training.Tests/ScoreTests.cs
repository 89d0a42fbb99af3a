using System.Globalization;
using CustomerValue.CustomerBook;
using CustomerValue.Reporting.Figures;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class ScoreTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public ScoreTests() => _workspace.WriteTransactions();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task File_and_book_say_the_same()
    {
        await Train();
        Run run = await _workspace.SucceedAsync("score", "--transactions", "orders.csv", "--out", "scores.csv", "--json");
        run.Json["customers"]!.GetValue<int>().Should().Be(60);

        string[] lines = File.ReadAllLines(_workspace.PathOf("scores.csv"));
        lines.Should().HaveCount(61);
        string[] names = lines[0].Split(','), values = lines[8].Split(',');
        BookEntry? entry = await new CustomerBookDatabase(CustomerBookOptions.InStore(_workspace.Store)).FindAsync(values[0]);
        Value("churn_probability").Should().Be(entry!.Row.Number("churn_probability"));
        Value("expected_spend").Should().Be(entry.Row.Number("expected_spend"));
        Value("lifetime_value").Should().Be(entry.Row.Number("lifetime_value"));
        entry.Row.Text("strategy").Should().NotBeNullOrEmpty("the version carries a strategy");

        double Value(string name) => double.Parse(values[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_book_knows_what_each_activity_cost_and_who_brought_whom()
    {
        _workspace.Write("rates.csv", "activity,cost\ncall,4\ndelivery,2.5\n");
        _workspace.Write("activities.csv", "customer_id,date,activity,quantity\nK001,2024-11-01,call,3\nK001,2024-11-02,delivery,1\nK002,2024-11-02,delivery,2\n");
        _workspace.Write("referrals.csv", "referrer_id,referee_id,date\nK000,K003,2024-05-01\nK000,K004,2024-05-02\n");
        await Train("--rates", "rates.csv", "--activities", "activities.csv");
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(_workspace.Store));
        (await book.FindAsync("K001"))!.Row["activity_costs"].Should().BeEquivalentTo(new[] { "12 call", "2.5 delivery" });

        await _workspace.SucceedAsync("score", "--transactions", "orders.csv", "--activities", "activities.csv", "--referrals", "referrals.csv");

        BookRow row = (await book.FindAsync("K001"))!.Row;
        row["activity_costs"].Should().BeEquivalentTo(new[] { "12 call", "2.5 delivery" });
        row.Number("cost_to_serve").Should().Be(14.5, "parts add up");
        (await book.FindAsync("K000"))!.Row["referred"].Should().BeEquivalentTo(new[] { "K003", "K004" });
        (await book.FindAsync("K003"))!.Row["referred_by"].Should().BeEquivalentTo(new[] { "K000" });
    }

    [Fact]
    public async Task Activities_without_rates_in_the_version_are_a_usage_error()
    {
        await Train();
        _workspace.Write("activities.csv", "customer_id,date,activity,quantity\nK001,2024-11-01,call,3\n");
        Run run = await _workspace.RunAsync("score", "--transactions", "orders.csv", "--activities", "activities.csv");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("--rates");
    }

    [Fact]
    public async Task The_book_knows_the_totals_before_and_how_far_the_base_moved()
    {
        await Train();
        await _workspace.SucceedAsync("score", "--transactions", "orders.csv");
        BookHeader header = (await new CustomerBookDatabase(CustomerBookOptions.InStore(_workspace.Store)).HeaderAsync())!;

        BookFacts facts = BookFacts.Read(header.Facts)!;

        DateOnly from = header.AsOf.AddDays(-header.HorizonDays);
        (string Customer, DateOnly Day, double Amount)[] orders = [.. File.ReadAllLines(_workspace.PathOf("orders.csv")).Skip(1).Select(line => line.Split(','))
            .Select(parts => (parts[0], DateOnly.ParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture), double.Parse(parts[2], CultureInfo.InvariantCulture)))];
        HashSet<string> known = [.. orders.Where(order => order.Day < from).Select(order => order.Customer)];
        facts.Past!.Last!.Day.Should().Be(from);
        facts.Past.Last.Came.Should().BeApproximately(orders.Where(order => order.Day >= from && known.Contains(order.Customer)).Sum(order => order.Amount), 1e-6);
        facts.Past.Horizons[0].Came.Should().BeApproximately(facts.Past.Last.Came, 1e-6, "everyone is asked where there are few");
        facts.Past.YearBefore.Should().BeNull("the history is shorter");
        facts.Drift!.Furthest.Should().NotBeEmpty();
        facts.Drift.Drifted.Should().Be(facts.Drift.Findings.Any(finding => finding.Code.StartsWith("drift-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Scores_as_of_a_day_do_not_look_past_it()
    {
        await Train();
        await _workspace.SucceedAsync("score", "--transactions", "orders.csv", "--as-of", "2024-09-01", "--out", "whole.csv", "--no-book");
        string[] lines = File.ReadAllLines(_workspace.PathOf("orders.csv"));
        _workspace.Write("past.csv", string.Join('\n', lines.Where(line => line[0] != 'K' || string.CompareOrdinal(line.Split(',')[1], "2024-09-01") < 0)));
        await _workspace.SucceedAsync("score", "--transactions", "past.csv", "--as-of", "2024-09-01", "--out", "past-scores.csv", "--no-book");
        File.ReadAllText(_workspace.PathOf("past-scores.csv")).Should().Be(File.ReadAllText(_workspace.PathOf("whole.csv")));
    }

    [Fact]
    public async Task Another_version_scores_to_a_file_and_leaves_the_book()
    {
        string first = await Train(), second = await Train("--seed", "2");
        await _workspace.SucceedAsync("score", "--transactions", "orders.csv", "--model", first, "--out", "scores.csv");
        BookHeader? header = await new CustomerBookDatabase(CustomerBookOptions.InStore(_workspace.Store)).HeaderAsync();
        header!.ModelVersion.Should().Be(second);
    }

    [Fact]
    public async Task Nothing_to_write_is_a_usage_error()
    {
        await Train();
        (await _workspace.RunAsync("score", "--transactions", "orders.csv", "--no-book")).ExitCode.Should().Be(ExitCode.Usage);
    }

    [Fact]
    public async Task An_empty_store_says_to_train_first()
    {
        Run run = await _workspace.RunAsync("score", "--transactions", "orders.csv");
        run.ExitCode.Should().Be(ExitCode.Store);
        run.Message.Should().Contain("train first");
    }

    [Fact]
    public async Task An_unknown_version_names_those_there_are()
    {
        string version = await Train();
        Run run = await _workspace.RunAsync("score", "--transactions", "orders.csv", "--model", "20240101-000000-abcdef01", "--out", "scores.csv");
        run.ExitCode.Should().Be(ExitCode.Store);
        run.Message.Should().Contain(version);
        File.Exists(_workspace.PathOf("scores.csv")).Should().BeFalse();
    }

    [Fact]
    public async Task A_day_before_all_transactions_is_bad_data()
    {
        await Train();
        Run run = await _workspace.RunAsync("score", "--transactions", "orders.csv", "--as-of", "2020-01-01");
        run.ExitCode.Should().Be(ExitCode.BadData);
        run.Message.Should().Contain("2020-01-01");
    }

    [Fact]
    public async Task An_id_with_commas_and_quotes_survives_the_file()
    {
        await Train();
        _workspace.Write("odd.csv", "customer_id,date,amount\n\"Ann, \"\"Bo\"\"\",2024-01-01,10\n\"Ann, \"\"Bo\"\"\",2024-03-01,12\nC,2024-05-01,9\n");
        await _workspace.SucceedAsync("score", "--transactions", "odd.csv", "--out", "scores.csv", "--no-book");
        File.ReadAllText(_workspace.PathOf("scores.csv")).Should().Contain("\n\"Ann, \"\"Bo\"\"\",");
    }

    [Fact]
    public async Task Columns_that_are_absent_and_names_that_training_never_saw_are_findings_and_no_score_is_missing()
    {
        WriteWithChannel("trained.csv", "web");
        WriteWithChannel("strange.csv", "pigeon");
        await _workspace.SucceedAsync("train", "--transactions", "trained.csv", "--promote", "always");

        Run absent = await _workspace.SucceedAsync("score", "--transactions", "orders.csv", "--out", "absent.csv", "--no-book", "--json");
        Run strange = await _workspace.SucceedAsync("score", "--transactions", "strange.csv", "--out", "strange-scores.csv", "--no-book", "--json");

        Codes(absent).Should().Contain("absent-columns").And.NotContain("unknown-channel");
        Codes(strange).Should().Contain("unknown-channel").And.NotContain("absent-columns");
        foreach (string file in (string[])["absent.csv", "strange-scores.csv"])
            File.ReadAllText(_workspace.PathOf(file)).Should().NotContain("NaN").And.NotContain("Infinity");

        void WriteWithChannel(string name, string second) => _workspace.Write(name, string.Join('\n', File.ReadAllLines(_workspace.PathOf("orders.csv"))
            .Select((line, i) => $"{line},{(i == 0 ? "channel" : i % 2 == 0 ? "shop" : second)}")) + "\n");

        static string[] Codes(Run run) => [.. run.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>())];
    }

    [Fact]
    public async Task Customers_of_the_second_file_who_never_bought_come_last_with_a_cohort_and_stay_out_of_the_book()
    {
        _workspace.Write("people.csv", "customer_id,region\nnobody-1,north\nnobody-2,moon\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"K{i:000},{(i % 3 == 0 ? "north" : "south")}\n")));
        await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--attributes", "people.csv", "--promote", "always");

        Run run = await _workspace.SucceedAsync("score", "--transactions", "orders.csv", "--attributes", "people.csv", "--out", "scores.csv", "--json");

        string[] lines = File.ReadAllLines(_workspace.PathOf("scores.csv"));
        lines.Should().HaveCount(63);
        lines[^2].Should().StartWith("nobody-1,").And.Contain("No purchase yet", "a cohort answers");
        lines[^1].Should().StartWith("nobody-2,").And.NotContain("NaN");
        lines[1..^2].Should().OnlyContain(line => line.Contains(",,,,", StringComparison.Ordinal) && !line.Contains("No purchase yet", StringComparison.Ordinal));
        run.Json["customers"]!.GetValue<int>().Should().Be(60);
        string[] codes = [.. run.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>())];
        codes.Should().Contain("newcomers").And.NotContain("attributes-without-customer");
        (await new CustomerBookDatabase(CustomerBookOptions.InStore(_workspace.Store)).FindAsync("nobody-1")).Should().BeNull();
    }

    private async Task<string> Train(params string[] options)
    {
        Run run = options.Length > 0
            ? await _workspace.SucceedAsync(["train", "--transactions", "orders.csv", "--promote", "always", "--json", .. options])
            : await Trained.Orders.CopyToAsync(_workspace);
        return run.Json["version"]!.GetValue<string>();
    }
}
