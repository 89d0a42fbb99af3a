using System.Text;
using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Tests.Playbook;

public class PlaybookTests
{
    private const string Good = """
        {"format": 1,
         "channels": [{"id": "phone", "name": {"en": "Phone", "zh": "电话"}, "cost": 3, "daily_capacity": 40, "consent": "churn_probability < 1"}],
         "actions": [{"id": "call", "name": {"en": "Call"}, "strategies": ["retain"], "channel": "phone", "service_level": {"en": "personal"}, "unit_cost": 2,
           "effects": {"buying": {"mean": 0.05, "low": 0, "high": 0.1, "source": "assumed"}}, "lasts_days": 90, "cooldown_days": 30, "eligibility": "churn_probability > 0.3"}]}
        """;

    [Fact]
    public void The_default_playbook_has_about_twenty_actions_over_all_strategies_in_both_languages()
    {
        ActionPlaybook playbook = PlaybookReader.Default(DecisionCustomers.ScoredColumns);

        playbook.Actions.Should().HaveCountGreaterThanOrEqualTo(20);
        playbook.Actions.SelectMany(action => action.Strategies).Distinct().Should().BeEquivalentTo(StrategyNames.All);
        playbook.Actions.Should().OnlyContain(action => action.Name.In(Language.Chinese) != action.Name.In(Language.English) && action.ServiceLevel.In(Language.Chinese).Length > 0);
        playbook.Actions.SelectMany(action => action.Effects).Should().OnlyContain(effect => effect.IsAssumed && effect.Deviation > 0, "nothing was measured yet, and nothing is certain");
        playbook.Hash.Should().HaveLength(64);
    }

    [Theory]
    [InlineData("\"unit_cost\": 2,", "", "actions[0] 'call': found no cost, expected 'unit_cost'")]
    [InlineData("\"mean\": 0.05", "\"mean\": 1.5", "effects, buying: 'mean': found 1.5, expected a share of -1 to 1, so at most 100 %")]
    [InlineData("\"low\": 0,", "\"low\": 0.08,", "found low 0.08, mean 0.05, high 0.1, expected them in this order")]
    [InlineData("churn_probability > 0.3", "chrun_probability > 0.3", "actions[0] 'call', eligibility, character 1: found the unknown name 'chrun_probability', expected a column; did you mean 'churn_probability'?")]
    [InlineData("churn_probability > 0.3", "strategy > 0.3", "eligibility, character 12: found a number (0.3), expected a text to compare with a text (strategy)")]
    [InlineData("churn_probability > 0.3", "strategy = 'retian'", "did you mean 'retain'?")]
    [InlineData("\"daily_capacity\": 40", "\"daily_capacity\": 0", "channels[0] 'phone': 'daily_capacity': found 0, expected more than 0 a working day")]
    [InlineData("\"channel\": \"phone\"", "\"channel\": \"fone\"", "'channel': found 'fone', expected one of the channels above; did you mean 'phone'?")]
    [InlineData("[\"retain\"]", "[\"retain\", \"keep\"]", "found the strategy 'keep', expected one of retain, develop")]
    [InlineData("\"cooldown_days\": 30", "\"cool_down_days\": 30", "found the unknown key 'cool_down_days'")]
    [InlineData("\"source\": \"assumed\"", "\"source\": \"measured\"", "found a measured effect without 'campaign'")]
    [InlineData("\"format\": 1,", "\"format\": 2,", "'format': found 2, expected 1")]
    [InlineData("\"lasts_days\": 90,", "\"lasts_days\": 90.5,", "'lasts_days': found 90.5")]
    [InlineData("\"effects\": {", "\"effects\": { \"joy\": 1, ", "found the unknown key 'joy'")]
    [InlineData("\"actions\": [", "\"actions\": 3, \"x\": [", "found the unknown key 'x'")]
    [InlineData("{\"format\"", "{\"format", "found no JSON, expected a playbook")]
    public void A_mistake_is_named_with_its_place_and_the_way_out(string found, string instead, string message)
    {
        Good.Should().Contain(found);

        FluentActions.Invoking(() => Parse(Good.Replace(found, instead, StringComparison.Ordinal))).Should().Throw<BadDataException>().Which.Message.Should().StartWith("playbook.json").And.Contain(message);
    }

    [Fact]
    public void The_published_schema_knows_the_keys_that_the_reader_knows()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(CustomerValue.TestKit.ReferenceData.RepositoryRoot, "docs", "playbook.schema.json")));
        string[] keys = [.. schema.RootElement.GetProperty("properties").GetProperty("actions").GetProperty("items").GetProperty("properties").EnumerateObject().Select(key => key.Name)];
        string message = FluentActions.Invoking(() => Parse(Good.Replace("\"cooldown_days\"", "\"zzz\"", StringComparison.Ordinal))).Should().Throw<BadDataException>().Which.Message;

        foreach (string key in keys)
            message.Should().Contain(key);
    }

    private static ActionPlaybook Parse(string text) => PlaybookReader.Parse(Encoding.UTF8.GetBytes(text), "playbook.json", DecisionCustomers.ScoredColumns);
}
