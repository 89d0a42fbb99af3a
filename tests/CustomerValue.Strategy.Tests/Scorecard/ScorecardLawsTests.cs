using CustomerValue.Strategy.Scorecard;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Strategy.Tests.Scorecard;

public class ScorecardLawsTests
{
    private static readonly string[] s_methods = ["rank", "min-max", "z"];

    [Fact]
    public void Contributions_add_up_to_the_index_of_their_side_which_lies_between_0_and_100()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            IndicatorTable table = Table(random, 1 + random.Next(40), 0.2);
            FittedScorecard fitted = Scorecard(random).Fit(table);

            ScorecardResult result = fitted.Score(table);

            return Enumerable.Range(0, table.Count).All(customer =>
                AddsUp(result, ValueBranch.Current, customer, result.Current[customer])
                && AddsUp(result, ValueBranch.Potential, customer, result.Potential[customer])
                && (double.IsNaN(result.Index[customer]) ? result.Coverage[customer] == 0 : result.Index[customer] is >= 0 and <= 100 + 1e-9));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Weights_of_each_side_sum_to_1()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            FittedScorecard fitted = Scorecard(random).Fit(Table(random, 1 + random.Next(40), 0.2));
            return Enum.GetValues<ValueBranch>().All(branch => Math.Abs(fitted.Indicators.Where(indicator => indicator.Branch == branch).Sum(indicator => indicator.Weight) - 1) < 1e-9);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void More_of_a_good_indicator_never_lowers_the_index_and_more_of_a_bad_one_never_raises_it()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            IndicatorTable table = Table(random, 20, 0);
            FittedScorecard fitted = Scorecard(random).Fit(table);
            double before = fitted.Score(table).Index[0];
            return table.Names.All(name =>
            {
                IndicatorTable more = new(20, table.Names.Select(other => (other, other == name ? [table.Column(name)[0] + 1, .. table.Column(name)[1..]] : table.Column(other).ToArray())));
                double after = fitted.Score(more).Index[0];
                return IndicatorCatalogue.Standard.Find(name)!.LowIsBetter ? after <= before + 1e-9 : after >= before - 1e-9;
            });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Other_units_change_no_index()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            IndicatorTable table = Table(random, 30, 0.1);
            IndicatorTable inCents = new(30, table.Names.Select(name => (name, Array.ConvertAll(table.Column(name).ToArray(), value => value * 100))));
            ValueScorecard scorecard = Scorecard(random);
            double[] one = scorecard.Fit(table).Score(table).Index.ToArray(), other = scorecard.Fit(inCents).Score(inCents).Index.ToArray();
            return one.Zip(other).All(pair => pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) < 1e-6);
        }).QuickCheckThrowOnFailure();
    }

    private static bool AddsUp(ScorecardResult result, ValueBranch branch, int customer, double index)
    {
        double sum = 0;
        for (int i = 0; i < result.Indicators.Count; i++)
            if (result.Indicators[i].Branch == branch)
                sum += result.Contributions(i)[customer];
        return double.IsNaN(index) ? sum == 0 : Math.Abs(sum - index) < 1e-9 && index is >= 0 and <= 100 + 1e-9;
    }

    private static IndicatorTable Table(Random random, int customers, double missing) =>
        new(customers, new[] { "turnover", "margin", "cost_share", "loyalty", "growth" }.Select(name =>
            (name, Enumerable.Range(0, customers).Select(_ => random.NextDouble() < missing ? double.NaN : random.Next(12) * 0.5).ToArray())));

    private static ValueScorecard Scorecard(Random random)
    {
        string Item(string name, string more = "") => $$"""{ "indicator": "{{name}}", "method": "{{s_methods[random.Next(3)]}}"{{more}} }""";
        string potential = random.Next(2) == 0
            ? $$"""{ "weights": "entropy", "items": [ {{Item("loyalty")}}, {{Item("growth")}} ] }"""
            : $$"""{ "items": [ {{Item("loyalty", ", \"weight\": 0.25")}}, {{Item("growth", ", \"weight\": 0.75")}} ] }""";
        return ValueScorecard.Parse($$"""
            { "format": "customer-value-scorecard/1", "name": "any",
              "current": { "weights": "ahp", "judgements": [[1, 2, 5], ["1/2", 1, 3], ["1/5", "1/3", 1]], "items": [ {{Item("turnover")}}, {{Item("margin")}}, {{Item("cost_share")}} ] },
              "potential": {{potential}} }
            """, "any.json");
    }
}
