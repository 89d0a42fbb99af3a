using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerValue.Boosting;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Decisions.Versions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Tests.Hosting;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Serving.Tests;

/// <summary>Actions over HTTP.</summary>
public sealed class DecisionsTests(TrainedStore trained, SteadyHost steady) : IClassFixture<SteadyHost>
{
    private const string Path = "/v1/decisions";

    /// <summary>The playbook that comes with the program, without what limits, fixed costs and capacities, and cheap enough for the store's small customers to get many actions.</summary>
    private static readonly string s_free = Regex.Replace(
        Regex.Replace(System.Text.Encoding.UTF8.GetString(PlaybookReader.DefaultBytes()), ",\\s*\"daily_capacity\": [0-9.]+", ""),
        "(\"(?:fixed_cost|unit_cost|cost)\": )([0-9.]+)", cost => cost.Groups[1].Value + (cost.Value.Contains("fixed", StringComparison.Ordinal) ? "0" : cost.Groups[2].Value + "e-2"));

    [Theory]
    [InlineData("older", "en")]
    [InlineData("newer", "zh")]
    public async Task Where_no_limit_binds_one_customer_over_http_gets_what_the_plan_of_the_whole_base_gives(string which, string language)
    {
        string version = which == "older" ? trained.Older : trained.Newer;
        ModelStore store = trained.Copy();
        store.Promote(version);
        using ServingHost host = ServingHost.Start(store.Folder);
        (DecisionPlan plan, StrategyResult result) = Batch(version);
        IGrouping<string, Transaction>[] known = [.. trained.Rows.Where(row => row.Day < TrainedStore.AsOf).GroupBy(row => row.CustomerId)];
        new Random(3).Shuffle(known);
        int asked = 0;

        foreach (IGrouping<string, Transaction>[] part in known.Take(40).Chunk(1).Concat(known.Skip(40).Chunk(400)))
        {
            JsonObject request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, part);
            request["language"] = language;
            request["playbook"] = JsonNode.Parse(s_free);
            Answer answer = await host.PostAsync(Path, request.ToJsonString());
            ((int)answer.Status).Should().Be(200, answer.Text);
            answer.Json["decisions"]!.AsArray().Select(decision => decision!["customer_id"]!.GetValue<string>()).Should().Equal(part.Select(customer => customer.Key), "answers come in the order of the request");
            foreach (JsonNode? found in answer.Json["decisions"]!.AsArray())
                Compare(found!, plan, result, language == "zh" ? Language.Chinese : Language.English);
            asked += part.Length;
        }

        asked.Should().Be(plan.Customers.Count).And.BeGreaterThan(400);
        plan.Actions.Should().HaveCountGreaterThan(5, "agreement is to be shown for more than one action");
    }

    [Fact]
    public async Task The_playbook_of_the_version_answers_where_a_call_brings_none_and_every_answer_names_it()
    {
        string request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).Take(50)).ToJsonString();
        DecisionsOfVersion own = DecisionsOfVersion.Load(new ModelStore(trained.Folder, TimeProvider.System).Open(trained.Older))!;

        JsonNode answer = (await steady.Host.PostAsync(Path, request)).Json;

        answer["playbook_hash"]!.GetValue<string>().Should().Be(own.Playbook.Hash);
        answer["decisions"]!.AsArray().Should().OnlyContain(decision => decision!["playbook_hash"]!.GetValue<string>() == own.Playbook.Hash && decision["model_version"]!.GetValue<string>() == answer["model_version"]!.GetValue<string>());
        answer["decisions"]!.AsArray().Where(decision => decision!["action"] is not null).Should().NotBeEmpty().And.OnlyContain(decision => decision!["expected_gain"]!.GetValue<double>() > 0 && decision["date"] != null);
    }

    [Fact]
    public async Task An_uplift_model_of_the_store_gives_each_customers_own_effect_as_the_plan_of_the_whole_base_has_it()
    {
        ModelStore store = trained.Copy();
        store.Promote(trained.Older);
        UpliftModel model = Trial("thank-you-letter");
        new UpliftShelf(store.Folder).Add("letters", model);
        new UpliftShelf(store.Folder).Add("strangers", Trial("singing-telegram"));
        using ServingHost host = ServingHost.Start(store.Folder);
        JsonObject request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.Where(row => row.Day < TrainedStore.AsOf).GroupBy(row => row.CustomerId));
        request["playbook"] = JsonNode.Parse(s_free);
        request["uplift"] = "letters";
        (DecisionPlan without, StrategyResult result) = Batch(trained.Older);
        ActionPlaybook own = without.Playbook.With(model, model.Predict(UpliftEffects.FeaturesOf(without.Customers, model.Features)!), without.Customers, "letters");
        DecisionPlan plan = Decider.Decide(without.Customers, own, new DecisionOptions { NewCustomerValue = without.Model.NewCustomerValue, Threads = 2 });

        JsonNode answer = (await host.PostAsync(Path, request.ToJsonString())).Json;

        foreach (JsonNode? decision in answer["decisions"]!.AsArray())
            Compare(decision!, plan, result, Language.English);
        plan.Actions.Should().NotEqual(without.Actions, "the model is to change something");
        foreach ((string name, string said) in ((string, string)[])[("leters", "*no uplift model 'leters'*letters*"), ("../letters", "*no uplift model '../letters'*"), ("strangers", "*singing-telegram*name of an action*")])
        {
            request["uplift"] = name;
            JsonObject errors = (await host.PostAsync(Path, request.ToJsonString())).ShouldBeProblem(422, "invalid-request");
            errors["uplift"]![0]!.GetValue<string>().Should().Match(said).And.NotContain(store.Folder);
        }
    }

    /// <summary>A trial of a letter that those who are likely to leave answer to, of what a call tells of customers.</summary>
    private static UpliftModel Trial(string arm)
    {
        Random random = new(1);
        float[] churn = [.. Enumerable.Range(0, 2000).Select(_ => random.NextSingle())];
        int[] drawn = [.. churn.Select(_ => random.Next(2))];
        float[] margin = [.. churn.Select((probability, i) => (drawn[i] == 1 && probability > 0.5f ? 9 : 0) + 3 * random.NextSingle())];
        UpliftTable table = new(new BoostingData([FeatureColumn.Numeric("churn_probability", churn)]), ["control", arm], drawn, margin, UpliftOutcome.Margin) { Window = new Horizon(60) };
        return UpliftModel.Train(table, new UpliftOptions { Learners = [UpliftLearner.TLearner], Folds = 2 }, []);
    }

    [Fact]
    public async Task A_version_without_playbook_is_a_conflict_with_a_way_out()
    {
        ModelStore store = trained.WithoutPlaybook();
        using ServingHost host = ServingHost.Start(store.Folder);
        string request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).Take(3)).ToJsonString();

        Answer refused = await host.PostAsync(Path, request);

        refused.ShouldBeProblem(409, "no-playbook");
        refused.Json["detail"]!.GetValue<string>().Should().Contain(store.Champion).And.Contain("Train again");
        (await host.PostAsync("/v1/recommendations", request)).Status.Should().Be(System.Net.HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"least_return":-1,"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":5}]}]}""", 422, "least_return", "found -1, expected a number from 0 to 1000.")]
    [InlineData("""{"playbook":7,"customers":[]}""", 400, "playbook", "found 7, expected an object*")]
    [InlineData("""{"playbook":{"format":1,"channels":[],"actions":[]},"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":5}]}]}""", 422, "playbook", "playbook: found 0 actions, expected 1 to 64.")]
    [InlineData("""{"customers":[{"customer_id":"a","transactions":[]}]}""", 422, "customers[0].transactions", "found none, expected at least one purchase*leave the customer out*")]
    public async Task What_decisions_cannot_answer_names_the_field(string body, int status, string path, string message)
    {
        JsonObject errors = (await steady.Host.PostAsync(Path, body)).ShouldBeProblem(status, status == 400 ? "malformed-request" : "invalid-request");

        errors.Should().ContainSingle().Which.Key.Should().Be(path);
        errors[path]![0]!.GetValue<string>().Should().Match(message);
    }

    private (DecisionPlan Plan, StrategyResult Result) Batch(string version)
    {
        VersionReader reader = new ModelStore(trained.Folder, TimeProvider.System).Open(version);
        ScoringModel model = ScoringModel.Load(reader, CandidateCatalogue.Standard);
        StrategyResult result = StrategyOfVersion.Load(reader)!.Recommend(
            TrainedStore.Population(model, trained.Log, model.Snapshot(trained.Log, trained.Attributes, TrainedStore.AsOf, withOutcomes: false, threads: 2, CancellationToken.None)), StrategyEvidence.None, threads: 2);
        ActionPlaybook playbook = PlaybookReader.Parse(System.Text.Encoding.UTF8.GetBytes(s_free), "free", DecisionCustomers.ScoredColumns);
        return (Decider.Decide(DecisionCustomers.From(result), playbook, new DecisionOptions { NewCustomerValue = DecisionsOfVersion.Load(reader)!.NewCustomerValue, Threads = 2 }), result);
    }

    private static void Compare(JsonNode found, DecisionPlan plan, StrategyResult result, Language language)
    {
        int row = Array.BinarySearch(plan.Customers.Ids, found["customer_id"]!.GetValue<string>(), StringComparer.Ordinal);
        CustomerDecision wanted = CustomerDecision.Of(plan.Customers, result.Strategies, plan.Playbook, plan.Model, row, plan.ActionOf(row), language);
        Word("strategy").Should().Be(wanted.Strategy);
        Word("stage").Should().Be(wanted.Stage);
        Word("action").Should().Be(wanted.Action);
        Word("action_name").Should().Be(wanted.ActionName);
        Word("channel").Should().Be(wanted.Channel);
        Word("date").Should().Be(wanted.Date?.ToString("O"));
        found["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()).Should().Equal(wanted.Reasons);
        foreach ((string name, double? figure) in ((string, double?)[])[("cost", wanted.Cost), ("expected_gain", wanted.ExpectedGain), ("gain_p10", wanted.GainP10), ("gain_p90", wanted.GainP90)])
            if (figure is { } value)
                found[name]!.GetValue<double>().Should().BeApproximately(value, 1e-9 * Math.Max(1, Math.Abs(value)), name);
            else
                found[name].Should().BeNull();

        string? Word(string name) => found[name]?.GetValue<string>();
    }
}
