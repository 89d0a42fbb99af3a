using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Serving scores what training scored.</summary>
public sealed class AgreementTests(TrainedStore trained)
{
    [Theory]
    [InlineData("older", "2024-12-21")]
    [InlineData("older", "2024-03-01")]
    [InlineData("newer", "2024-12-21")]
    public async Task The_same_customers_through_a_file_and_through_http_agree(string which, string day)
    {
        DateOnly asOf = DateOnly.Parse(day);
        string version = which == "older" ? trained.Older : trained.Newer;
        using ServingHost host = Host(version);
        ScoredCustomers expected = Score(version, asOf);
        IGrouping<string, Transaction>[] known = [.. trained.Rows.Where(row => row.Day < asOf).GroupBy(row => row.CustomerId)];
        new Random(3).Shuffle(known);
        List<JsonNode> found = [];

        foreach (IGrouping<string, Transaction>[] batch in known.Take(60).Chunk(1).Concat(known.Skip(60).Chunk(400)))
        {
            Answer answer = await host.PostAsync("/v1/predictions", SimulatedCustomers.ToRequest(asOf, batch).ToJsonString());
            ((int)answer.Status).Should().Be(200, answer.Text);
            answer.Json["model_version"]!.GetValue<string>().Should().Be(version);
            answer.Json["as_of"]!.GetValue<string>().Should().Be(asOf.ToString("O"));
            answer.Json["horizon_days"]!.GetValue<int>().Should().Be(90);
            JsonArray predictions = answer.Json["predictions"]!.AsArray();
            predictions.Select(prediction => prediction!["customer_id"]!.GetValue<string>()).Should().Equal(batch.Select(customer => customer.Key), "answers come in the order of the request");
            found.AddRange(predictions!);
        }

        found.Should().HaveCount(expected.Count).And.HaveCountGreaterThan(400);
        double worst = 0;
        foreach (JsonNode prediction in found)
        {
            CustomerPrediction wanted = expected[Array.BinarySearch(expected.Ids, prediction["customer_id"]!.GetValue<string>(), StringComparer.Ordinal)];
            JsonObject line = JsonSerializer.SerializeToNode(wanted, StoreJson.Compact)!.AsObject();
            prediction.AsObject().Select(pair => pair.Key).Should().Equal(line.Select(pair => pair.Key), "a line of a file and an answer bear the same names in the same order");
            foreach ((string name, JsonNode? value) in line)
                if (value?.GetValueKind() == JsonValueKind.Number)
                    worst = Math.Max(worst, Math.Abs(prediction[name]!.GetValue<double>() - value.GetValue<double>()) / Math.Max(1, Math.Abs(value.GetValue<double>())));
                else
                    (prediction[name]?.ToJsonString()).Should().Be(value?.ToJsonString(), name);
        }
        worst.Should().BeLessThanOrEqualTo(1e-9);
    }

    [Fact]
    public async Task Attributes_in_the_call_and_attributes_in_a_file_move_the_prediction_alike()
    {
        using ServingHost host = Host(trained.Newer);
        ScoredCustomers expected = Score(trained.Newer, TrainedStore.AsOf);
        IGrouping<string, Transaction>[] some = [.. trained.Rows.GroupBy(row => row.CustomerId).Take(40)];
        JsonObject with = SimulatedCustomers.ToRequest(TrainedStore.AsOf, some), without = SimulatedCustomers.ToRequest(TrainedStore.AsOf, some);
        foreach (JsonNode? customer in without["customers"]!.AsArray())
            customer!.AsObject().Remove("attributes");

        double[] told = Churn(await host.PostAsync("/v1/predictions", with.ToJsonString())), untold = Churn(await host.PostAsync("/v1/predictions", without.ToJsonString()));

        for (int i = 0; i < some.Length; i++)
            told[i].Should().BeApproximately(expected.ChurnProbability[Array.BinarySearch(expected.Ids, some[i].Key, StringComparer.Ordinal)], 1e-9, some[i].Key);
        told.Should().NotEqual(untold, "the model learnt from the attributes");

        static double[] Churn(Answer answer) => [.. answer.Json["predictions"]!.AsArray().Select(prediction => prediction!["churn_probability"]!.GetValue<double>())];
    }

    /// <summary>Random histories of every shape: what is said of one customer can be true together.</summary>
    [Theory]
    [InlineData("older")]
    [InlineData("newer")]
    public async Task Figures_of_a_customer_agree_with_each_other(string which)
    {
        using ServingHost host = Host(which == "older" ? trained.Older : trained.Newer);
        Random random = new(6);
        for (int batch = 0; batch < 5; batch++)
        {
            IGrouping<string, Transaction>[] customers = [.. Enumerable.Range(0, 1000).SelectMany(customer => History(random, $"c{customer:00000}")).OrderBy(row => row.Day).GroupBy(row => row.CustomerId)];
            Answer answer = await host.PostAsync("/v1/predictions", SimulatedCustomers.ToRequest(TrainedStore.AsOf, customers).ToJsonString());
            ((int)answer.Status).Should().Be(200, answer.Text);
            foreach (JsonNode? said in answer.Json["predictions"]!.AsArray())
            {
                double churn = Of("churn_probability"), purchases = Of("expected_purchases"), alive = Of("probability_alive"), spend = Of("expected_spend");
                Assert.True(churn is >= 0 and <= 1 && 1 - churn <= purchases && purchases <= 90 * (1 - churn) * (1 + 1e-9) && 1 - churn <= alive && alive <= 1 && spend >= 0, said!.ToJsonString());
                if (said["spend_p10"] is not null)
                    Assert.True(0 <= Of("spend_p10") && Of("spend_p10") <= Of("spend_p50") && Of("spend_p50") <= Of("spend_p90"), said.ToJsonString());
                if (said["lifetime_value_p10"] is not null)
                    Assert.True(Of("lifetime_value_p10") <= Of("lifetime_value_p90"), said.ToJsonString());

                double Of(string figure) => said![figure]!.GetValue<double>();
            }
        }

        static IEnumerable<Transaction> History(Random random, string id)
        {
            double gap = Math.Exp(random.NextDouble() * 5), day = -1 - Math.Floor(Math.Exp(random.NextDouble() * 6)), amount = Math.Exp(random.NextDouble() * 12 - 2);
            for (int left = random.Next(1, 12); left > 0; left--, day -= gap * (0.5 + random.NextDouble()))
                yield return new Transaction(id, TrainedStore.AsOf.AddDays((int)day), random.Next(15) == 0 ? 0 : amount * (0.5 + random.NextDouble()))
                {
                    Quantity = 1,
                    Discount = 0,
                    Margin = amount * (random.NextDouble() - 0.3),
                };
        }
    }

    [Fact]
    public void The_newer_version_scores_by_features()
    {
        new ModelStore(trained.Folder, TimeProvider.System).Open(trained.Newer).Manifest.Description.Should().Contain("prior-boosted", "agreement is to be shown for trees, too");
    }

    [Fact]
    public async Task Without_as_of_the_forecast_begins_tomorrow_so_that_todays_purchases_count()
    {
        using ServingHost host = ServingHost.Start(trained.Folder);
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);

        Answer answer = await host.PostAsync("/v1/predictions", $$"""{"customers":[{"customer_id":"new","transactions":[{"date":"{{today:O}}","amount":10}]}]}""");

        ((int)answer.Status).Should().Be(200, answer.Text);
        DateOnly.Parse(answer.Json["as_of"]!.GetValue<string>()).Should().BeOneOf(today.AddDays(1), today.AddDays(2));
    }

    private ServingHost Host(string version)
    {
        ModelStore store = trained.Copy();
        store.Promote(version);
        return ServingHost.Start(store.Folder);
    }

    private ScoredCustomers Score(string version, DateOnly asOf)
    {
        ScoringModel model = ScoringModel.Load(new ModelStore(trained.Folder, TimeProvider.System).Open(version), CandidateCatalogue.Standard);
        return model.Score(trained.Log, trained.Attributes, asOf, threads: 2, CancellationToken.None);
    }
}
