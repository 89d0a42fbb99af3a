using System.Text.Json.Nodes;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Customers with one purchase or none get an answer with a wide interval, never an error.</summary>
public sealed class ColdStartTests(TrainedStore trained) : IDisposable
{
    private readonly ServingHost _host = Start(trained);

    [Fact]
    public async Task A_customer_who_never_bought_gets_what_newcomers_did_with_an_interval_and_the_note_says_so()
    {
        JsonNode prediction = (await PredictAsync("""{"as_of":"2024-12-21","customers":[{"customer_id":"new","transactions":[]}]}""")).AsArray().Single()!;

        prediction["cohort"]!.GetValue<string>().Should().Be("all newcomers");
        prediction["cohort_customers"]!.GetValue<int>().Should().BeInRange(20, 800);
        prediction["cohort_note"]!.GetValue<string>().Should().StartWith("No purchase yet: this is what").And.Contain("as if this customer bought for the first time");
        Number(prediction, "churn_probability").Should().BeInRange(0.05, 0.95);
        Number(prediction, "expected_purchases").Should().BeInRange(0.05, 5);
        Number(prediction, "spend_p10").Should().BeLessThanOrEqualTo(Number(prediction, "spend_p50"));
        Number(prediction, "spend_p50").Should().BeLessThanOrEqualTo(Number(prediction, "spend_p90"));
        (Number(prediction, "spend_p90") - Number(prediction, "spend_p10")).Should().BeGreaterThan(Number(prediction, "expected_spend"), "the interval is wide");
        Number(prediction, "lifetime_value").Should().BeInRange(Number(prediction, "lifetime_value_p10"), Number(prediction, "lifetime_value_p90"));
    }

    [Fact]
    public async Task What_is_known_of_a_newcomer_chooses_the_cohort()
    {
        JsonArray predictions = (await PredictAsync("""
            {"as_of":"2024-12-21","customers":[
              {"customer_id":"a","transactions":[],"attributes":{"source":"advertising"}},
              {"customer_id":"b","transactions":[],"attributes":{"source":"friend"}},
              {"customer_id":"c","transactions":[],"attributes":{"source":"rumour"}},
              {"customer_id":"d","transactions":[]}]}
            """)).AsArray();

        predictions.Select(prediction => prediction!["cohort"]!.GetValue<string>()).Should().Equal("source advertising", "source friend", "all newcomers", "all newcomers");
        double[] churn = [.. predictions.Select(prediction => Number(prediction!, "churn_probability"))];
        churn[0].Should().BeGreaterThan(churn[2], "who came by advertising seldom comes back");
        churn[1].Should().BeLessThan(churn[2]);
        churn[3].Should().Be(churn[2]);
    }

    [Fact]
    public async Task Newcomers_and_known_customers_are_answered_in_one_call_in_the_order_of_the_request()
    {
        JsonArray predictions = (await PredictAsync("""
            {"as_of":"2024-12-21","reasons":3,"customers":[
              {"customer_id":"z","transactions":[]},
              {"customer_id":"m","transactions":[{"date":"2024-12-01","amount":30}]},
              {"customer_id":"a","transactions":[]}]}
            """)).AsArray();

        predictions.Select(prediction => prediction!["customer_id"]!.GetValue<string>()).Should().Equal("z", "m", "a");
        predictions.Select(prediction => prediction!["cohort"] is not null).Should().Equal(true, false, true);
        predictions.Select(prediction => prediction!["reasons"]!.AsArray().Count > 0).Should().Equal(false, true, false);
    }

    [Fact]
    public async Task One_purchase_is_answered_by_the_champion_with_an_interval()
    {
        JsonNode prediction = (await PredictAsync("""{"as_of":"2024-12-21","customers":[{"customer_id":"once","transactions":[{"date":"2024-12-20","amount":40}]}]}""")).AsArray().Single()!;

        prediction["cohort"].Should().BeNull();
        Number(prediction, "churn_probability").Should().BeInRange(0.05, 0.98);
        Number(prediction, "expected_spend").Should().BePositive();
        Number(prediction, "spend_p90").Should().BeGreaterThan(Number(prediction, "expected_spend"), "the interval is wide");
        Number(prediction, "spend_p10").Should().BeLessThanOrEqualTo(Number(prediction, "spend_p50"));
        Number(prediction, "lifetime_value_p90").Should().BeGreaterThan(Number(prediction, "lifetime_value"));
    }

    [Fact]
    public async Task A_purchase_on_or_after_as_of_stays_a_mistake_of_the_caller()
    {
        Answer answer = await _host.PostAsync("/v1/predictions", """{"as_of":"2024-12-21","customers":[{"customer_id":"a","transactions":[{"date":"2024-12-21","amount":5}]}]}""");

        answer.ShouldBeProblem(422, "invalid-request").Should().ContainKey("customers[0].transactions[0].date");
    }

    [Fact]
    public async Task Fields_that_the_service_does_not_know_are_named_by_their_paths_and_change_no_figure()
    {
        const string Plain = """{"as_of":"2024-12-21","customers":[{"customer_id":"a","transactions":[{"date":"2024-11-01","amount":5},{"date":"2024-12-01","amount":9}]}]}""";
        const string More = """
            {"as_of":"2024-12-21","source":{"system":"shop","tags":["x"]},"customers":[{"customer_id":"a","loyal":true,"transactions":[
              {"date":"2024-11-01","amount":5,"quantitty":1,"note":null},{"date":"2024-12-01","amount":9,"quantitty":2}]}]}
            """;
        foreach (string call in (string[])["/v1/predictions", "/v1/recommendations"])
        {
            Answer plain = await _host.PostAsync(call, Plain), more = await _host.PostAsync(call, More);

            ((int)more.Status).Should().Be(200, more.Text);
            string told = more.Json["findings"]!.AsArray().Single(finding => finding!["code"]!.GetValue<string>() == "unknown-fields")!["message"]!.GetValue<string>();
            told.Should().Contain("customers[0].transactions[0].quantitty (first of 2 places; did you mean 'quantity'?)").And.Contain("customers[0].transactions[0].note")
                .And.Contain("customers[0].loyal").And.Contain("source").And.NotContain("transactions[1]");
            plain.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()).Should().NotContain("unknown-fields");
            string list = call == "/v1/predictions" ? "predictions" : "recommendations";
            more.Json[list]!.ToJsonString().Should().Be(plain.Json[list]!.ToJsonString());
        }
    }

    [Theory]
    [InlineData("\"2024-12-01\"", "9.50")]
    [InlineData("\"2024-12-01T00:30:00+02:00\"", "\"9.50\"")]
    [InlineData("\"2024-12-01T23:59:59.5Z\"", "\"9.5\"")]
    [InlineData("\"2024-12-01T23:30-08:00\"", "9.5e0")]
    public async Task A_day_may_be_a_moment_whose_day_is_the_one_written_and_an_amount_decimal_text(string date, string amount)
    {
        string Body(string date, string amount) => $$"""{"as_of":"2024-12-21","customers":[{"customer_id":"a","transactions":[{"date":"2024-11-01","amount":5},{"date":{{date}},"amount":{{amount}}}]}]}""";

        JsonNode expected = await PredictAsync(Body("\"2024-12-01\"", "9.5")), answer = await PredictAsync(Body(date, amount));

        answer.ToJsonString().Should().Be(expected.ToJsonString());
    }

    [Fact]
    public async Task Names_and_attributes_that_training_never_saw_are_findings_and_no_number_is_missing()
    {
        Answer answer = await _host.PostAsync("/v1/predictions", """
            {"as_of":"2024-12-21","customers":[{"customer_id":"a","attributes":{"source":"rumour","age":"old"},"transactions":[
              {"date":"2024-11-01","amount":5,"channel":"pigeon","category":"magic"},{"date":"2024-12-01","amount":9,"channel":"web"}]}]}
            """);

        ((int)answer.Status).Should().Be(200, answer.Text);
        string[] codes = [.. answer.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>())];
        codes.Should().Contain(["absent-columns", "unknown-channel", "unknown-category", "unknown-attribute-value", "absent-attributes"]);
        answer.Json["findings"]!.AsArray().Should().OnlyContain(finding => finding!["message"]!.GetValue<string>().Length > 20 && finding["remedy"]!.GetValue<string>().Length > 5);
        answer.Json["findings"]!.AsArray().Single(finding => finding!["code"]!.GetValue<string>() == "absent-columns")!["message"]!.GetValue<string>().Should().Contain("quantity").And.Contain("margin").And.NotContain("channel");
        JsonNode prediction = answer.Json["predictions"]![0]!;
        foreach (string figure in (string[])["churn_probability", "probability_alive", "expected_purchases", "expected_spend", "lifetime_value", "overdue", "spend_p90", "lifetime_value_p90"])
            double.IsFinite(Number(prediction, figure)).Should().BeTrue(figure);
    }

    public void Dispose() => _host.Dispose();

    private static ServingHost Start(TrainedStore trained)
    {
        ModelStore store = trained.Copy();
        store.Promote(trained.Newer);
        return ServingHost.Start(store.Folder);
    }

    private static double Number(JsonNode prediction, string figure) => prediction[figure]!.GetValue<double>();

    private async Task<JsonNode> PredictAsync(string body)
    {
        Answer answer = await _host.PostAsync("/v1/predictions", body);
        ((int)answer.Status).Should().Be(200, answer.Text);
        return answer.Json["predictions"]!;
    }
}
