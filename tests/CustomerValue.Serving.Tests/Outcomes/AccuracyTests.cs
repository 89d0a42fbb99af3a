using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Outcomes;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests.Outcomes;

/// <summary>Forecasts of a book held against what is reported, over real HTTP.</summary>
public sealed class AccuracyTests(TrainedStore trained)
{
    private const double Close = 1e-12;
    private static readonly DateOnly s_cutoff = new(2024, 3, 1), s_end = s_cutoff.AddDays(89);
    private static readonly BookColumn[] s_columns = [BookColumn.CustomerId, .. ((string[])["churn_probability", "expected_purchases", "expected_spend", "spend_p10", "spend_p90", "lifetime_value"]).Select(name => new BookColumn(name, BookFieldKind.Number))];

    [Fact]
    public async Task What_is_reported_gives_exactly_the_figures_that_training_measured_on_the_same_days()
    {
        using ServingHost host = await StartAsync();
        CandidateReport measured = Measured();

        JsonNode before = await AccuracyAsync(host);
        before["days"]![0]!["state"]!.GetValue<string>().Should().Be("unknown");
        before["days"]![0]!["purchases"].Should().BeNull();
        Transaction[] after = [.. trained.Rows.Where(row => row.Day >= s_cutoff)];
        JsonNode receipt = await ReportAsync(host, after.Where(row => row.Day <= s_end.AddDays(20)));
        receipt["added"]!.GetValue<int>().Should().Be(after.Count(row => row.Day <= s_end.AddDays(20)));
        (await ReportAsync(host, after.Where(row => row.Day <= s_end.AddDays(20))))["added"]!.GetValue<int>().Should().Be(0, "the same again is the same");

        JsonNode accuracy = await AccuracyAsync(host), day = accuracy["days"]![0]!;
        day["state"]!.GetValue<string>().Should().Be("over");
        day["days_passed"]!.GetValue<int>().Should().Be(90);
        day["customers"]!.GetValue<int>().Should().Be(new ModelStore(trained.Folder, TimeProvider.System).Open(trained.Older).Manifest.Evaluation!.Customers);
        Same(day["purchases"]!, measured.Purchases);
        Same(day["spend"]!, measured.Spend);
        Same(day["churn"]!, measured.Churn);
        Same(accuracy["training"]!["purchases"]!, measured.Purchases);
        day["so_far"].Should().BeNull();
        (await Visitor.At(host).OpenAsync("/model")).Text.Should().Contain("What came of its forecasts").And.Contain("in training, ");
        System.Net.WebUtility.HtmlDecode((await Visitor.At(host).OpenAsync("/model?language=zh")).Text).Should().Contain("预测的兑现情况");
    }

    [Fact]
    public async Task Before_the_end_only_what_came_is_told_and_nobody_counts_as_lost()
    {
        using ServingHost host = await StartAsync();
        DateOnly until = s_cutoff.AddDays(29);
        Transaction[] month = [.. trained.Rows.Where(row => row.Day >= s_cutoff && row.Day <= until)];
        HashSet<string> known = [.. trained.Rows.Where(row => row.Day < s_cutoff).Select(row => row.CustomerId)];
        await ReportAsync(host, month, through: until);

        JsonNode day = (await AccuracyAsync(host))["days"]![0]!;

        day["state"]!.GetValue<string>().Should().Be("under-way");
        day["days_passed"]!.GetValue<int>().Should().Be(30);
        day["churn"].Should().BeNull();
        JsonNode soFar = day["so_far"]!;
        soFar["bought"]!.GetValue<int>().Should().Be(month.Where(row => row.Amount >= 0 && known.Contains(row.CustomerId)).Select(row => row.CustomerId).Distinct().Count());
        soFar["purchases"]!.GetValue<double>().Should().Be(month.Where(row => row.Amount >= 0 && known.Contains(row.CustomerId)).Select(row => (row.CustomerId, row.Day)).Distinct().Count());
        soFar["expected_purchases"]!.GetValue<double>().Should().BeGreaterThan(soFar["purchases"]!.GetValue<double>());
        (await Visitor.At(host).OpenAsync("/model")).Text.Should().Contain("30 of 90 days have passed");
        day["days_without_lines"]!.GetValue<int>().Should().Be(30 - month.Select(row => row.Day).Distinct().Count());
    }

    [Fact]
    public async Task A_log_that_begins_after_the_forecast_compares_nothing_unless_it_says_that_it_is_whole()
    {
        using ServingHost host = await StartAsync();
        Transaction[] late = [.. trained.Rows.Where(row => row.Day > s_cutoff.AddDays(3) && row.Day <= s_end)];
        await ReportAsync(host, late);

        (await AccuracyAsync(host))["days"]![0]!["state"]!.GetValue<string>().Should().Be("unknown");
        await ReportAsync(host, [], from: s_cutoff, through: s_end);
        (await AccuracyAsync(host))["days"]![0]!["state"]!.GetValue<string>().Should().Be("over");
    }

    [Fact]
    public async Task Who_is_erased_is_in_no_figure_and_does_not_come_back()
    {
        using ServingHost host = await StartAsync();
        string customer = trained.Rows.First(row => row.Day >= s_cutoff && row.Day <= s_end && trained.Rows.Exists(earlier => earlier.CustomerId == row.CustomerId && earlier.Day < s_cutoff)).CustomerId;
        Transaction[] rows = [.. trained.Rows.Where(row => row.Day >= s_cutoff && row.Day <= s_end)];
        await ReportAsync(host, rows, through: s_end);
        int before = (await AccuracyAsync(host))["days"]![0]!["customers"]!.GetValue<int>();

        (await host.Services.GetRequiredService<CustomerErasure>().EraseAsync(customer, "test")).Outcomes.Should().BeGreaterThan(1);

        (await AccuracyAsync(host))["days"]![0]!["customers"]!.GetValue<int>().Should().Be(before - 1);
        (await ReportAsync(host, rows))["erased"]!.GetValue<int>().Should().Be(rows.Count(row => row.CustomerId == customer));
        System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(host.Store, "work.db"))).Should().NotContain(customer);
    }

    [Theory]
    [InlineData("""{"transactions":[]}""", "transactions")]
    [InlineData("""{"transactions":[{"date":"2024-03-01","amount":1}]}""", "transactions[0].customer_id")]
    [InlineData("""{"transactions":[{"customer_id":"a","date":"2024-03-01","amount":1},{"customer_id":"a","date":"1899-12-31","amount":1}]}""", "transactions[1].date")]
    [InlineData("""{"transactions":[{"customer_id":"a","date":"2999-03-01","amount":1}]}""", "transactions[0].date")]
    [InlineData("""{"transactions":[{"customer_id":"a","date":"2024-03-01"}]}""", "transactions[0].amount")]
    [InlineData("""{"transactions":[{"customer_id":"a","date":"2024-03-01","amount":1e13}]}""", "transactions[0].amount")]
    [InlineData("""{"transactions":[null]}""", "transactions[0]")]
    [InlineData("""{"through":"2999-01-01"}""", "through")]
    [InlineData("""{"from":"2024-02-02","through":"2024-02-01"}""", "from")]
    public async Task A_report_that_makes_no_sense_is_refused_by_its_fields(string body, string field)
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("Work", $"Data Source={Path.Combine(trained.Fresh(), "work.db")}"));

        (await host.PostAsync("/v1/transactions", body)).ShouldBeProblem(422, "invalid-request").Select(error => error.Key).Should().Equal(field);
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_too_much_is_refused_and_a_misspelt_member_named()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("Work", $"Data Source={Path.Combine(trained.Fresh(), "work.db")}"), ("Predictions:MaxCustomers", "2"), ("Predictions:MaxTransactionsPerCustomer", "3"));

        (await host.PostAsync("/v1/transactions", "{")).ShouldBeProblem(400, "malformed-request");
        (await host.PostAsync("/v1/transactions", """{"transactions":[{"customer_id":7}]}""")).ShouldBeProblem(400, "malformed-request").Select(error => error.Key).Should().Equal("transactions[0].customer_id");
        (await host.PostAsync("/v1/transactions", Body([Line("a"), Line("b"), Line("c")]))).ShouldBeProblem(413, "too-large");
        (await host.PostAsync("/v1/transactions", Body([Line("a"), Line("a"), Line("a"), Line("a")]))).ShouldBeProblem(413, "too-large");
        (await host.GetAsync("/v1/models/20200101-000000-00000000/accuracy")).ShouldBeProblem(404, "unknown-version");
        Answer taken = await host.PostAsync("/v1/transactions", """{"transactions":[{"customer_id":"a","date":"2024-03-01","amount":1,"idd":"x"}]}""");
        taken.Json["findings"]![0]!["message"]!.GetValue<string>().Should().Contain("transactions[0].idd").And.Contain("did you mean 'id'?");

        static JsonObject Line(string customer) => new() { ["customer_id"] = customer, ["date"] = "2024-03-01", ["amount"] = 1 };
        static string Body(JsonObject[] lines) => new JsonObject { ["transactions"] = new JsonArray([.. lines]) }.ToJsonString();
    }

    [Fact]
    public async Task The_same_customers_of_a_large_book_are_kept_each_time()
    {
        string folder = trained.Copy().Folder;
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(folder));
        using ServingHost host = ServingHost.Start(folder);
        CustomerBook.Outcomes.OutcomeDatabase outcomes = host.Services.GetRequiredService<CustomerBook.Outcomes.OutcomeDatabase>();
        List<string[]> drawn = [];
        foreach (int week in (int[])[0, 1])
        {
            DateOnly asOf = s_cutoff.AddDays(7 * week);
            await book.WriteAsync(new BookHeader(trained.Older, asOf, 90, DateTimeOffset.UnixEpoch.AddDays(week)), s_columns, Enumerable.Range(0, 22_000).Select(i => (object?[])[$"c{i:00000}", 0.5, 1.0, 2.0, null, null, 3.0]));
            await host.Services.GetRequiredService<ForecastKeeper>().LookAsync(CancellationToken.None);
            drawn.Add([.. (await outcomes.ForecastsAsync(trained.Older, asOf)).Select(one => one.CustomerId)]);
        }

        drawn[0].Should().HaveCount(ForecastKeeper.MostCustomers);
        drawn[1].Should().Equal(drawn[0]);
        await book.WriteAsync(new BookHeader(trained.Older, s_cutoff.AddDays(9), 90, DateTimeOffset.UnixEpoch), s_columns, [["c1", 0.5, 1.0, 2.0, null, null, 3.0]]);
        await host.Services.GetRequiredService<ForecastKeeper>().LookAsync(CancellationToken.None);
        (await outcomes.BasesAsync(trained.Older)).Should().HaveCount(2, "two days are a week apart");
    }

    /// <summary>A service whose book holds what the older version says of everyone on the day of its holdout.</summary>
    private async Task<ServingHost> StartAsync()
    {
        ModelStore store = trained.Copy();
        ScoringModel model = ScoringModel.Load(store.Open(trained.Older), CandidateCatalogue.Standard);
        ScoredCustomers scored = model.Score(trained.Log, trained.Attributes, s_cutoff, threads: 2, CancellationToken.None);
        await new CustomerBookDatabase(CustomerBookOptions.InStore(store.Folder)).WriteAsync(new BookHeader(trained.Older, s_cutoff, 90, DateTimeOffset.UnixEpoch), s_columns,
            Enumerable.Range(0, scored.Count).Select(i => scored[i]).Select(one => (object?[])[one.CustomerId, one.ChurnProbability, one.ExpectedPurchases, one.ExpectedSpend, one.SpendP10, one.SpendP90, one.LifetimeValue]));
        ServingHost host = ServingHost.Start(store.Folder);
        await host.Services.GetRequiredService<ForecastKeeper>().LookAsync(CancellationToken.None);
        return host;
    }

    private CandidateReport Measured()
    {
        RaceReport race = new ModelStore(trained.Folder, TimeProvider.System).Open(trained.Older).Manifest.Evaluation!;
        return race.Candidates.Single(candidate => candidate.Name == race.Champion);
    }

    private async Task<JsonNode> AccuracyAsync(ServingHost host)
    {
        Answer answer = await host.GetAsync($"/v1/models/{trained.Older}/accuracy");
        ((int)answer.Status).Should().Be(200, answer.Text);
        return answer.Json;
    }

    private static async Task<JsonNode> ReportAsync(ServingHost host, IEnumerable<Transaction> rows, DateOnly? from = null, DateOnly? through = null)
    {
        Answer answer = await host.PostAsync("/v1/transactions", new JsonObject
        {
            ["from"] = from?.ToString("O"),
            ["through"] = through?.ToString("O"),
            ["transactions"] = new JsonArray([.. rows.Index().Select(row => new JsonObject { ["customer_id"] = row.Item.CustomerId, ["date"] = row.Item.Day.ToString("O"), ["amount"] = row.Item.Amount, ["id"] = $"{row.Index}" })]),
        }.ToJsonString());
        ((int)answer.Status).Should().Be(200, answer.Text);
        return answer.Json;
    }

    /// <summary>Sums are taken in one order on both sides, so figures agree to the last digits.</summary>
    private static void Same<T>(JsonNode told, T measured)
    {
        JsonObject expected = JsonSerializer.SerializeToNode(measured, StoreJson.Options)!.AsObject();
        told.AsObject().Select(member => member.Key).Should().BeEquivalentTo(expected.Select(member => member.Key));
        foreach ((string name, JsonNode? value) in expected)
            told[name]!.GetValue<double>().Should().BeApproximately(value!.GetValue<double>(), Close * Math.Max(1, Math.Abs(value.GetValue<double>())), name);
    }
}
