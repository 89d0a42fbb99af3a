using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Tests.Scorecard;

public class BadScorecardTests
{
    private const string Potential = "\"potential\": { \"items\": [{ \"indicator\": \"loyalty\", \"weight\": 1 }] }";

    [Theory]
    [InlineData("""{ "items": [{ "indicator": "turnover", "weight": 0.5 },{ "indicator": "margin", "weight": 0.4 }] }""", "line 2: found weights under 'current' with a sum of 0.9, expected a sum of 1*")]
    [InlineData("""{ "items": [|{ "indicator": "turnover", "weight": 0.5 },|{ "indicator": "charm", "weight": 0.5 }] }""", "line 4: found the unknown indicator 'charm', expected one of turnover, *add it to the catalogue*")]
    [InlineData("""{ "items": [{ "indicator": "turnover", "weight": 0.5 },|{ "indicator": "turnover", "weight": 0.5 }] }""", "line 3: found the indicator 'turnover' twice*")]
    [InlineData("""{ "items": [{ "indicator": "turnover" }] }""", "line 2: found no weight of 'turnover'*")]
    [InlineData("""{ "items": [{ "indicator": "turnover", "weight": -1 }] }""", "line 2: found '-1', expected a number from 0 to 1*")]
    [InlineData("""{ "items": [{ "indicator": "turnover", "wieght": 1 }] }""", "line 2: found \"wieght\", expected one of *weight*")]
    [InlineData("""{ "items": [] }""", "line 2: found no items under 'current'*")]
    [InlineData("""{ "weights": "magic", "items": [] }""", "line 2: found 'magic', expected one of direct, ahp, entropy*")]
    [InlineData("""{ "weights": "entropy", "items": [{ "indicator": "turnover", "weight": 1 }] }""", "line 2: found a weight of 'turnover', expected none*")]
    [InlineData("""{ "weights": "entropy", "items": [|{ "group": "g", "items": [{ "indicator": "turnover", "weight": 1 }] }] }""", "line 3: found the group 'g' under 'current', expected indicators only*")]
    [InlineData("""{ "weights": "ahp", "items": [{ "indicator": "turnover" }] }""", "line 2: found 0 rows of judgements under 'current', expected 1*")]
    [InlineData("""{ "judgements": [[1]], "items": [{ "indicator": "turnover", "weight": 1 }] }""", "line 2: found judgements under 'current' that are not used*")]
    [InlineData("""{ "weights": "ahp", "judgements": [[1, 3], [2, 1]], "items": [{ "indicator": "turnover" }, { "indicator": "margin" }] }""", "line 2: judgements under 'current', row 2, column 1: found 2, which is not reciprocal to 3*correct the judgement*")]
    [InlineData("""{ "weights": "ahp", "judgements": [["1/x"]], "items": [{ "indicator": "turnover" }] }""", "line 2: found '\"1/x\"', expected a number or a fraction*")]
    [InlineData("""{ "items": [{ "indicator": "turnover", "weight": 1, "method": "target", "target": 1 }] }""", "line 2: found no target and worst value of 'turnover' that differ*")]
    [InlineData("""{ "items": [{ "indicator": "turnover", "weight": 1, "target": 1 }] }""", "line 2: found \"target\" or \"worst\" of 'turnover'*")]
    [InlineData("""{ "items": [{ "indicator": "turnover", "weight": 1, "winsor": 0.1 }] }""", "line 2: found \"winsor\" of 'turnover'*min-max*")]
    [InlineData("""{ "items": [{ "weight": 1 }] }""", "line 2: found an item without a name*")]
    [InlineData("""{ "items": [{ "indicator": "turnover", "weight": 1, "items": [] }] }""", "line 2: found the indicator 'turnover' with items*")]
    [InlineData("""{ "weight": 0.7, "items": [{ "indicator": "turnover", "weight": 1 }] }""", "line 2: found weights of the two branches 0.7 and *both or none*")]
    [InlineData("""{ "items": [{ "indicator": "turnover", "weight": 1 } }""", "line 2: found text that is not JSON*")]
    [InlineData("""{ "items": [|{ "indicator": "\ud800", "weight": 1 }] }""", "line 3: found a text that is not Unicode*")]
    [InlineData("""[]""", "line 2: found '[', expected an object*")]
    public void A_scorecard_that_cannot_be_is_refused_with_its_line(string current, string message)
    {
        string json = $"{{ \"format\": \"customer-value-scorecard/1\", \"name\": \"n\",\n\"current\": {current.Replace('|', '\n')},\n{Potential} }}";

        FluentActions.Invoking(() => ValueScorecard.Parse(json, "card.json")).Should().Throw<BadDataException>().WithMessage($"card.json {message}");
    }

    [Fact]
    public void Judgements_that_contradict_each_other_are_refused_and_the_worst_is_named()
    {
        // In proportion 8 : 4 : 2 : 1, and yet tenure is said to matter four times as much as turnover.
        string json = $$"""
            { "format": "customer-value-scorecard/1", "name": "n",
              "current": { "weights": "ahp", "judgements": [[1, 2, 4, "1/4"], ["1/2", 1, 2, 4], ["1/4", "1/2", 1, 2], [4, "1/4", "1/2", 1]],
                "items": [{ "indicator": "turnover" }, { "indicator": "margin" }, { "indicator": "frequency" }, { "indicator": "tenure" }] },
              {{Potential}} }
            """;

        FluentActions.Invoking(() => ValueScorecard.Parse(json, "card.json")).Should().Throw<BadDataException>()
            .WithMessage("card.json line 2: found judgements under 'current' with a consistency ratio of *, the most inconsistent being 'turnover' over 'tenure': 1/4 where the others together say about *, expected at most 0.10; think that judgement over.");
    }

    [Theory]
    [InlineData("{}", "card.json line 1: found the format ''*")]
    [InlineData("""{ "format": "customer-value-scorecard/1", "current": { "items": [{ "indicator": "turnover", "weight": 1 }] } }""", "card.json line 1: found no branch \"potential\"*")]
    [InlineData("""{ "format": "customer-value-scorecard/2", "current": { "items": [] }, "potential": { "items": [] } }""", "*found the format 'customer-value-scorecard/2'*")]
    [InlineData("", "card.json line 1: found text that is not JSON*")]
    public void A_file_that_is_no_scorecard_is_refused(string json, string message) =>
        FluentActions.Invoking(() => ValueScorecard.Parse(json, "card.json")).Should().Throw<BadDataException>().WithMessage(message);

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        FluentActions.Invoking(() => ValueScorecard.Read("no-such-card.json")).Should().Throw<BadDataException>().WithMessage("no-such-card.json: found no readable file*");

    [Fact]
    public void The_default_scorecard_works_with_what_there_is_and_says_what_is_missing()
    {
        IndicatorTable table = new(3, ("turnover", [1, 2, 3]), ("tenure", [5, 5, 5]), ("loyalty", [0.1, 0.2, double.NaN]));

        FittedScorecard fitted = ValueScorecard.Default.Fit(table);
        ScorecardResult result = fitted.Score(table);

        fitted.Findings.Should().ContainSingle(finding => finding.Code == "missing-indicators").Which.Message.Split(',').Should().HaveCount(8);
        fitted.Findings.Should().ContainSingle(finding => finding.Code == "flat-indicator").Which.Message.Should().Contain("tenure");
        // Turnover weighs .2 and tenure .1, so 2/3 and 1/3 of what is known.
        result.Current.ToArray().Select(index => Math.Round(index, 4)).Should().Equal(16.6667, 50, 83.3333);
        result.Potential.ToArray().Should().Equal(0, 100, double.NaN);
        result.Index[2].Should().BeApproximately(83.3333, 1e-4);
        result.Coverage[2].Should().BeApproximately(0.15, 1e-12);
    }

    [Fact]
    public void An_indicator_of_one_s_own_may_be_named_once_it_is_in_the_catalogue()
    {
        string json = $$"""{ "format": "customer-value-scorecard/1", "name": "n", "current": { "items": [{ "indicator": "charm", "weight": 1 }] }, {{Potential}} }""";

        ValueScorecard.Parse(json, "card.json", IndicatorCatalogue.Standard.With(new IndicatorDefinition("charm", "points", false, "Charm."))).Name.Should().Be("n");
        FluentActions.Invoking(() => IndicatorCatalogue.Standard.With(new IndicatorDefinition("margin", "", false, ""))).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"format":"customer-value-fitted-scorecard/1","name":"n","current_weight":0.5,"indicators":[]}""")]
    [InlineData("""{"format":"customer-value-fitted-scorecard/1","name":"n","current_weight":0.5,"indicators":[{"name":"a","branch":"current","weight":1,"curve":{"values":[2,1],"scores":[0,1]}},{"name":"b","branch":"potential","weight":1,"curve":null}]}""")]
    public void A_damaged_fitted_scorecard_is_refused(string json) =>
        FluentActions.Invoking(() => FittedScorecard.FromJson(json, "saved.json")).Should().Throw<BadDataException>().WithMessage("saved.json*");

    [Fact]
    public void A_table_of_other_lengths_or_infinite_values_is_refused()
    {
        FluentActions.Invoking(() => new IndicatorTable(2, ("a", [1]))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new IndicatorTable(1, ("a", [double.PositiveInfinity]))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new IndicatorTable(1, ("a", [1]), ("a", [2]))).Should().Throw<ArgumentException>();
    }
}
