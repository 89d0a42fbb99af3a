using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Tests.Racing;

public class PopulationDoubtsTests
{
    private const int Horizon = 60;
    private static readonly DateOnly s_cutoff = new(2024, 8, 1);
    private static readonly CandidateCatalogue s_naive = new([new RecencyRule(), new MeanSpend.Trainer(), new BuyTillYouDieTrainer("mbg-nbd")], "mbg-nbd", null);

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.3, false)]
    public void An_attribute_that_knows_the_outcome_is_a_finding_and_a_merely_good_one_is_not(double noise, bool leaks)
    {
        TransactionLog log = Logs.Simulated(800, seed: 3);
        DateOnly origin = s_cutoff.AddDays(-Horizon);
        HashSet<string> bought = Buyers(log, origin);
        Random random = new(1);
        string[] ids = [.. Enumerable.Range(0, log.CustomerCount).Select(customer => log.Customers[customer])];
        AttributeSchema schema = new([new AttributeColumn("state", AttributeKind.Categorical, ["active", "closed"]), new AttributeColumn("height", AttributeKind.Numeric, [])]);
        CustomerAttributes attributes = CustomerAttributes.From(schema, ids.Select(id => (id, (IReadOnlyDictionary<string, string>)new Dictionary<string, string>
        {
            ["state"] = bought.Contains(id) == random.NextDouble() >= noise ? "active" : "closed",
            ["height"] = random.Next(150, 200).ToString(System.Globalization.CultureInfo.InvariantCulture),
        })));
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, Horizon, s_cutoff);
        RaceInput input = new(log, attributes, new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue, attributes.Schema), ReturnsPolicy.Net, 1), new(s_cutoff, Horizon), Seed: 1, Threads: 1);
        string[] leaking = [.. new Race(s_naive).Run(input).Findings.Where(finding => finding is { Code: "leaking-attribute", Severity: Severity.Error }).Select(finding => finding.Message)];
        leaking.Select(message => message.Contains("state", StringComparison.Ordinal)).Should().Equal(leaks ? [true] : []);
    }

    [Fact]
    public void Customers_who_all_bought_once_for_the_same_money_are_two_findings_and_no_error()
    {
        TransactionLogBuilder builder = new();
        for (int c = 0; c < 300; c++)
            builder.Add(new Transaction($"c{c}", new DateOnly(2024, 1, 1).AddDays(c % 240), 9.5));
        RaceResult result = new Race(CandidateCatalogue.Standard).Run(Logs.Input(builder.Build(), new DateOnly(2024, 7, 1), 30));
        result.Findings.Select(finding => finding.Code).Should().Contain("all-new").And.Contain("constant-amounts");
        result.Champion.Predict(result.Latest, 30).ExpectedSpend.Should().OnlyContain(spend => double.IsFinite(spend) && spend >= 0);
    }

    private static HashSet<string> Buyers(TransactionLog log, DateOnly from)
    {
        CustomerAggregates before = Aggregator.Compute(log, new(from, Horizon), AggregateCatalogue.Standard(log, Horizon, from), new AggregatorOptions());
        Data.Outcomes.OutcomeTable outcomes = Data.Outcomes.OutcomeTable.Compute(log, before);
        return [.. Enumerable.Range(0, before.Count).Where(i => outcomes.Purchases[i] > 0).Select(before.CustomerId)];
    }
}
