using System.Text.Json.Nodes;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Tests.Hosting;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Serving.Tests;

/// <summary>Values, quadrants and strategies over HTTP.</summary>
public sealed class RecommendationsTests(TrainedStore trained, SteadyHost steady) : IClassFixture<SteadyHost>
{
    private const string Path = "/v1/recommendations";

    [Theory]
    [InlineData("older", "2024-12-21", "en")]
    [InlineData("newer", "2024-12-21", "zh")]
    [InlineData("newer", "2024-03-01", "en")]
    public async Task One_customer_over_http_equals_the_batch_of_the_whole_base(string which, string day, string language)
    {
        DateOnly asOf = DateOnly.Parse(day);
        string version = which == "older" ? trained.Older : trained.Newer;
        ModelStore store = trained.Copy();
        store.Promote(version);
        using ServingHost host = ServingHost.Start(store.Folder);
        StrategyResult batch = Batch(version, asOf);
        IGrouping<string, Transaction>[] known = [.. trained.Rows.Where(row => row.Day < asOf).GroupBy(row => row.CustomerId)];
        new Random(3).Shuffle(known);
        double worst = 0;
        int asked = 0;

        foreach (IGrouping<string, Transaction>[] part in known.Take(60).Chunk(1).Concat(known.Skip(60).Chunk(400)))
        {
            JsonObject request = SimulatedCustomers.ToRequest(asOf, part);
            request["language"] = language;
            Answer answer = await host.PostAsync(Path, request.ToJsonString());
            ((int)answer.Status).Should().Be(200, answer.Text);
            answer.Json["model_version"]!.GetValue<string>().Should().Be(version);
            answer.Json["as_of"]!.GetValue<string>().Should().Be(asOf.ToString("O"));
            answer.Json["findings"]!.AsArray().Should().NotContain(finding => finding!["code"]!.GetValue<string>() != "absent-attributes", "some customers have none, and nothing else is doubtful");
            JsonArray recommendations = answer.Json["recommendations"]!.AsArray();
            recommendations.Select(customer => customer!["customer_id"]!.GetValue<string>()).Should().Equal(part.Select(customer => customer.Key), "answers come in the order of the request");
            foreach (JsonNode? found in recommendations)
                worst = Math.Max(worst, Compare(found!, batch, language == "zh" ? Language.Chinese : Language.English));
            asked += recommendations.Count;
        }

        asked.Should().Be(batch.Strategies.Count).And.BeGreaterThan(400);
        worst.Should().BeLessThanOrEqualTo(1e-9);
        batch.Strategies.Quadrant.Distinct().Should().HaveCountGreaterThan(2, "agreement is to be shown for more than one strategy");
    }

    [Fact]
    public async Task Words_come_in_english_and_chinese_and_change_no_figure()
    {
        JsonObject request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).Take(5));
        string unsaid = request.ToJsonString();
        request["language"] = "zh";
        request["reasons"] = 2;

        JsonNode english = (await steady.Host.PostAsync(Path, unsaid)).Json, chinese = (await steady.Host.PostAsync(Path, request.ToJsonString())).Json;

        for (int i = 0; i < 5; i++)
        {
            JsonObject one = english["recommendations"]![i]!.AsObject(), other = chinese["recommendations"]![i]!.AsObject();
            string words = other["quadrant_name"]!.GetValue<string>() + other["next_step"]!.GetValue<string>() + string.Concat(other["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
            System.Text.RegularExpressions.Regex.Unescape(words).Should().MatchRegex("\\p{IsCJKUnifiedIdeographs}{4,}");
            one["reasons"]!.AsArray().Should().HaveCountGreaterThan(1).And.OnlyContain(reason => reason!.GetValue<string>().All(letter => letter < '\u2E80'));
            one["churn_reasons"]!.AsArray().Should().BeEmpty();
            other["churn_reasons"]!.AsArray().Should().NotBeEmpty("the call asks for them");
            foreach (string changed in (string[])["quadrant_name", "stage_name", "strategy_name", "service_level", "channels", "next_step", "reasons", "churn_reasons"])
            {
                one.Remove(changed);
                other.Remove(changed);
            }
            other.ToJsonString().Should().Be(one.ToJsonString());
        }
    }

    [Fact]
    public async Task Quadrant_probabilities_sum_to_one_and_the_four_values_add_up()
    {
        JsonObject request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId));

        JsonNode answer = (await steady.Host.PostAsync(Path, request.ToJsonString())).Json;

        foreach (JsonNode? customer in answer["recommendations"]!.AsArray())
        {
            ((string[])["retain", "develop", "maintain", "cultivate"]).Sum(quadrant => Number(customer!, $"{quadrant}_probability")).Should().BeApproximately(1, 1e-9);
            Number(customer!, $"{customer!["quadrant"]!.GetValue<string>()}_probability").Should().Be(Number(customer, "quadrant_probability"));
            (Number(customer, "realised_value") + Number(customer, "potential_value") + Number(customer, "influence_value")).Should().BeApproximately(Number(customer, "total_value"), 1e-9);
            (Number(customer, "current_value") >= Number(answer["lines"]!, "current")).Should().Be(customer["quadrant"]!.GetValue<string>() is "retain" or "develop", "lines are those of the answer");
        }
    }

    [Fact]
    public async Task A_version_without_strategy_is_a_conflict_with_a_way_out_and_still_predicts()
    {
        ModelStore store = trained.WithoutStrategy();
        using ServingHost host = ServingHost.Start(store.Folder);
        string request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).Take(3)).ToJsonString();

        Answer refused = await host.PostAsync(Path, request);

        refused.ShouldBeProblem(409, "no-strategy");
        refused.Json["detail"]!.GetValue<string>().Should().Contain(store.Champion).And.Contain("Train again");
        (await host.PostAsync("/v1/predictions", request)).Status.Should().Be(System.Net.HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"language":"fr","customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":5}]}]}""", 422, "language", "found 'fr', expected en or zh.")]
    [InlineData("""{"language":7,"customers":[]}""", 400, "language", "found 7, expected text in quotes.*")]
    [InlineData("""{"customers":[{"customer_id":"a","transactions":[]}]}""", 422, "customers[0].transactions", "found none, expected at least one purchase*leave the customer out*")]
    [InlineData("""{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":-5}]}]}""", 422, "customers[0].transactions", "found returns and no purchase*or leave the customer out.")]
    public async Task What_recommendations_cannot_answer_names_the_field(string body, int status, string path, string message)
    {
        JsonObject errors = (await steady.Host.PostAsync(Path, body)).ShouldBeProblem(status, status == 400 ? "malformed-request" : "invalid-request");

        errors.Should().ContainSingle().Which.Key.Should().Be(path);
        errors[path]![0]!.GetValue<string>().Should().Match(message);
    }

    [Theory]
    [InlineData("older")]
    [InlineData("newer")]
    public async Task The_largest_and_smallest_sizes_are_answered_with_finite_figures(string which)
    {
        ModelStore store = trained.Copy();
        store.Promote(which == "older" ? trained.Older : trained.Newer);
        using ServingHost host = ServingHost.Start(store.Folder);

        Answer answer = await host.PostAsync(Path, """
            {"as_of":"2024-12-21","customers":[
              {"customer_id":"dear","transactions":[{"date":"1900-01-01","amount":1e12,"quantity":1e12,"discount":1e12,"margin":-1e12},{"date":"2024-12-20","amount":1e12,"margin":1e12}]},
              {"customer_id":"free","transactions":[{"date":"2024-12-20","amount":0,"quantity":0}]},
              {"customer_id":"back","transactions":[{"date":"2024-12-19","amount":1e-300},{"date":"2024-12-20","amount":-1e12,"quantity":-1e12,"discount":-1e12}]}]}
            """);

        ((int)answer.Status).Should().Be(200, answer.Text);
        foreach (JsonNode? customer in answer.Json["recommendations"]!.AsArray())
            foreach (string figure in (string[])["realised_value", "current_value", "potential_value", "total_value", "headroom", "quadrant_probability", "lateness"])
                customer![figure].Should().NotBeNull("{0} of {1} is finite", figure, customer["customer_id"]);
    }

    private StrategyResult Batch(string version, DateOnly asOf)
    {
        VersionReader reader = new ModelStore(trained.Folder, TimeProvider.System).Open(version);
        ScoringModel model = ScoringModel.Load(reader, CandidateCatalogue.Standard);
        return StrategyOfVersion.Load(reader)!.Recommend(
            TrainedStore.Population(model, trained.Log, model.Snapshot(trained.Log, trained.Attributes, asOf, withOutcomes: false, threads: 2, CancellationToken.None)), StrategyEvidence.None, threads: 2);
    }

    /// <summary>Asserts that labels and words are those of the batch, and gives the largest relative difference of figures.</summary>
    private static double Compare(JsonNode found, StrategyResult batch, Language language)
    {
        CustomerStrategies all = batch.Strategies;
        int row = Array.BinarySearch(all.Ids, found["customer_id"]!.GetValue<string>(), StringComparer.Ordinal);
        Word("quadrant").Should().Be(all.Quadrant[row].ToString());
        Word("stage").Should().Be(all.Stage[row].ToString());
        Word("strategy").Should().Be(all.Recommendation[row].ToString());
        found["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()).Should().Equal(all.Reasons(row, language));
        Practice practice = Wording.In(language).Practice(all.Recommendation[row], all.Recipe.Options);
        found["next_step"]!.GetValue<string>().Should().Be(practice.NextStep);
        (string Name, double? Wanted)[] figures =
        [
            ("realised_value", all.Realised[row]), ("current_value", all.Current[row]), ("potential_value", all.Potential[row]),
            ("potential_p10", all.PotentialP10.Length > 0 ? all.PotentialP10[row] : null), ("potential_p90", all.PotentialP90.Length > 0 ? all.PotentialP90[row] : null),
            ("influence_value", all.Influence[row]), ("total_value", all.Total[row]), ("headroom", all.Headroom[row]), ("churn_probability", all.ChurnProbability[row]),
            ("cost_to_serve", batch.YearCost?[row]), ("current_index", batch.Scorecard.Current[row]), ("potential_index", batch.Scorecard.Potential[row]), ("value_index", batch.Scorecard.Index[row]),
            ("quadrant_probability", all.Probability(all.Quadrant[row])[row]), ("lateness", all.Lateness[row]),
        ];
        double worst = 0;
        foreach ((string name, double? wanted) in figures)
        {
            (found[name] is null).Should().Be(wanted is null or double.NaN, "{0} of {1} is there where the batch has it", name, all.Ids[row]);
            if (found[name] is { } figure)
                worst = Math.Max(worst, Math.Abs(figure.GetValue<double>() - wanted!.Value) / Math.Max(1, Math.Abs(wanted.Value)));
        }
        return worst;

        string Word(string name) => string.Concat(found[name]!.GetValue<string>().Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }

    private static double Number(JsonNode node, string name) => node[name]!.GetValue<double>();
}
