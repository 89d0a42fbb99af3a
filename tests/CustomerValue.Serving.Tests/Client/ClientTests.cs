using System.Text.Json.Nodes;
using CustomerValue.Client;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Client;

/// <summary>The typed client against the real service: every call, and what it makes of answers.</summary>
public sealed class ClientTests(ScoredShop shop, TrainedStore trained) : IClassFixture<ScoredShop>
{
    private static readonly DateOnly s_asOf = new(2024, 9, 1);

    private static readonly CustomerHistory s_customer = new()
    {
        CustomerId = "C-1",
        Transactions = [new TransactionLine { Date = new DateOnly(2024, 3, 2), Amount = 24.9 }, new TransactionLine { Date = new DateOnly(2024, 5, 11), Amount = 61.5, OrderId = "O-77", Category = "tea" }],
        Attributes = new Dictionary<string, JsonNode?> { ["source"] = "friend", ["age"] = 41, ["joined"] = null },
    };

    [Fact]
    public async Task Predictions_recommendations_and_decisions_are_those_of_the_service()
    {
        using CustomerValueClient client = At(shop.Host);

        PredictionAnswer predicted = await client.PredictAsync(new PredictionRequest { AsOf = s_asOf, Reasons = 2, Customers = [s_customer] });
        RecommendationAnswer recommended = await client.RecommendAsync(new RecommendationRequest { AsOf = s_asOf, Language = "zh", Customers = [s_customer] });
        DecisionAnswer decided = await client.DecideAsync(new DecisionRequest { AsOf = s_asOf, LeastReturn = 0.5, Customers = [s_customer] });

        JsonNode plain = (await shop.Host.PostAsync("/v1/predictions", """{"as_of":"2024-09-01","customers":[{"customer_id":"C-1","transactions":[{"date":"2024-03-02","amount":24.9},{"date":"2024-05-11","amount":61.5,"order_id":"O-77","category":"tea"}],"attributes":{"source":"friend","age":41,"joined":null}}]}""")).Json;
        (predicted.AsOf, predicted.ModelVersion).Should().Be((s_asOf, plain["model_version"]!.GetValue<string>()));
        CustomerPrediction one = predicted.Predictions.Should().ContainSingle().Subject;
        (one.CustomerId, one.ChurnProbability, one.LifetimeValue).Should().Be(("C-1", plain["predictions"]![0]!["churn_probability"]!.GetValue<double>(), plain["predictions"]![0]!["lifetime_value"]!.GetValue<double>()));
        one.Reasons.Should().NotBeEmpty();
        double logOdds = one.ReasonsBase!.Value + one.Reasons.Sum(reason => reason.Contribution);
        (1 / (1 + Math.Exp(-logOdds))).Should().BeApproximately(one.ChurnProbability, 1e-9);
        predicted.Findings.Should().OnlyContain(finding => finding.Code.Length > 0 && (finding.Severity == Severity.Information || finding.Severity == Severity.Warning));
        recommended.Recommendations[0].Quadrant.Should().BeOneOf(Quadrant.Retain, Quadrant.Develop, Quadrant.Maintain, Quadrant.Cultivate);
        recommended.Recommendations[0].Reasons.Should().NotBeEmpty();
        recommended.Lines.LearntAt.Year.Should().BeInRange(2022, 2024);
        decided.Decisions[0].Strategy.Should().Be(recommended.Recommendations[0].Strategy);
        decided.PlaybookHash.Should().HaveLength(64);
    }

    [Fact]
    public async Task Whatever_is_answered_of_anyone_has_the_form_that_the_description_states()
    {
        using CustomerValueClient client = At(shop.Host);
        CustomerHistory[] everyone = [.. shop.Rows.Where(row => row.Amount > 0).GroupBy(row => row.CustomerId).Select(customer => new CustomerHistory
        {
            CustomerId = customer.Key,
            Transactions = [.. customer.Select(row => new TransactionLine { Date = row.Day, Amount = row.Amount, OrderId = row.OrderId, Category = row.Category, Channel = row.Channel })],
        })];

        PredictionAnswer predicted = await client.PredictAsync(new PredictionRequest { AsOf = TrainedStore.AsOf, Reasons = 3, Customers = [.. everyone, new CustomerHistory { CustomerId = "never", Transactions = [] }] });
        RecommendationAnswer recommended = await client.RecommendAsync(new RecommendationRequest { AsOf = TrainedStore.AsOf, Customers = everyone });
        DecisionAnswer decided = await client.DecideAsync(new DecisionRequest { AsOf = TrainedStore.AsOf, Customers = everyone });

        everyone.Should().HaveCountGreaterThan(300);
        predicted.Predictions.Select(one => one.CustomerId).Should().Equal([.. everyone.Select(one => one.CustomerId), "never"]);
        recommended.Recommendations.Should().HaveSameCount(everyone);
        decided.Decisions.Should().HaveSameCount(everyone).And.Contain(one => one.Action != null);
    }

    [Fact]
    public async Task Customers_of_the_book_come_one_by_one_and_page_by_page_each_once()
    {
        using CustomerValueClient client = At(shop.Host);
        List<JsonObject> every = [];

        await foreach (JsonObject customer in client.EveryCustomerAsync(sort: "-lifetime_value", pageSize: 70))
            every.Add(customer);
        CustomerPageAnswer page = await client.ListCustomersAsync(search: "c000", limit: 3, filters: new Dictionary<string, string> { ["max_churn_probability"] = "0.9" });

        every.Should().HaveCountGreaterThan(300);
        every.Select(customer => customer["customer_id"]!.GetValue<string>()).Should().OnlyHaveUniqueItems();
        every.Select(customer => customer["lifetime_value"]!.GetValue<double>()).Should().BeInDescendingOrder();
        page.Customers.Should().HaveCount(3);
        page.Next.Should().NotBeNull();
        CustomerAnswer one = await client.GetCustomerAsync(every[0]["customer_id"]!.GetValue<string>());
        JsonNode.DeepEquals(one.Customer["lifetime_value"], every[0]["lifetime_value"]).Should().BeTrue();
        await ClientProblemTests.ThrownAsync(() => client.GetCustomerAsync("no/body"), 404, "unknown-customer");
        one.ScoredAt.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Models_and_health_are_told()
    {
        using CustomerValueClient client = At(shop.Host);

        ModelList models = await client.ListModelsAsync();
        ModelDetails champion = await client.GetChampionAsync();

        models.Models.Should().HaveCount(2);
        models.Models.Single(version => version.IsChampion).Version.Should().Be(models.Champion).And.Be(champion.Version);
        champion.Evaluation!.Candidates.Should().Contain(candidate => candidate.IsBaseline).And.Contain(candidate => candidate.Churn.Auc > 0.5);
        champion.Options["horizon"].Should().Be("90");
        champion.HorizonDays.Should().Be(90);
        (await client.LiveAsync()).Status.Should().Be("live");
        (await client.ReadyAsync()).Champion!.Version.Should().Be(champion.Version);
    }

    [Fact]
    public async Task A_version_is_promoted_and_rolled_back()
    {
        using ServingHost host = ServingHost.Start(trained.Copy().Folder);
        using CustomerValueClient client = At(host);

        (await client.PromoteVersionAsync(trained.Newer)).Should().Be(new ModelChange { Champion = trained.Newer, Serving = trained.Newer, Before = trained.Older });
        (await client.RollBackAsync()).Champion.Should().Be(trained.Older);
    }

    internal static CustomerValueClient At(ServingHost host, ClientOptions? options = null) => new(host.Client.BaseAddress!, options);
}
