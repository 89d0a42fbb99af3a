using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using static CustomerValue.Data.Tests.Aggregates.History;

namespace CustomerValue.Data.Tests.Outcomes;

public sealed class OutcomeTableTests
{
    // The horizon is [730, 790).
    private static readonly Transaction s_lastDaySeen = Row("z", 789, 1);

    [Fact]
    public void The_horizon_begins_with_the_cutoff_and_leaves_out_its_end()
    {
        OutcomeTable outcomes = Compute(ReturnsPolicy.Net, Row("a", 0, 1), Row("a", 729, 2), Row("a", 730, 4), Row("a", 789, 8), Row("a", 790, 16));

        outcomes.Purchases[0].Should().Be(2);
        outcomes.Spend[0].Should().Be(12);
        outcomes.Churned[0].Should().BeFalse();
        outcomes.DaysToNextPurchase[0].Should().Be(0);
    }

    [Fact]
    public void Orders_of_one_day_are_one_purchase()
    {
        OutcomeTable outcomes = Compute(ReturnsPolicy.Net, Row("a", 0, 1), Row("a", 740, 4), Row("a", 740, 6), s_lastDaySeen);

        outcomes.Purchases[0].Should().Be(1);
        outcomes.Spend[0].Should().Be(10);
    }

    [Fact]
    public void A_customer_without_purchase_has_churned_and_spent_nothing()
    {
        OutcomeTable outcomes = Compute(ReturnsPolicy.Net, Row("a", 0, 100), Row("a", 750, -30), s_lastDaySeen);

        outcomes.Purchases[0].Should().Be(0);
        outcomes.Spend[0].Should().Be(0, "a return of a purchase before the cutoff is not the horizon's");
        outcomes.Churned[0].Should().BeTrue();
        double.IsNaN(outcomes.DaysToNextPurchase[0]).Should().BeTrue();
    }

    [Theory]
    [InlineData(ReturnsPolicy.Net, 20)]
    [InlineData(ReturnsPolicy.Ignore, 50)]
    [InlineData(ReturnsPolicy.Keep, 10)]
    public void Returns_within_the_horizon_follow_the_policy(ReturnsPolicy policy, double spend)
    {
        OutcomeTable outcomes = Compute(policy, Row("a", 0, 100), Row("a", 735, -10), Row("a", 740, 50), Row("a", 750, -30), s_lastDaySeen);

        outcomes.Spend[0].Should().Be(spend);
        outcomes.Purchases[0].Should().Be(1);
    }

    [Fact]
    public void Margin_is_netted_like_spend_and_missing_where_unknown()
    {
        OutcomeTable outcomes = Compute(ReturnsPolicy.Net,
            Row("a", 0, 1), Row("a", 740, 50) with { Margin = 20 }, Row("a", 750, -25),
            Row("b", 0, 1), Row("b", 740, 50), Row("c", 0, 1), s_lastDaySeen);

        outcomes.Margin.ToArray().Should().Equal(10, double.NaN, 0);
    }

    [Fact]
    public void A_log_that_ends_within_the_horizon_is_refused_with_the_way_out()
    {
        TransactionLog log = Log(Row("a", 0, 1), Row("a", 788, 1));
        CustomerAggregates aggregates = Aggregate(log, ReturnsPolicy.Net);

        Action compute = () => OutcomeTable.Compute(log, aggregates);

        compute.Should().Throw<BadDataException>().WithMessage(
            "horizon of 60 days from cutoff 2021-12-31: found transactions through 2022-02-27, expected them through 2022-02-28; "
            + "choose a cutoff on or before 2021-12-30, a shorter horizon, or add the later transactions.");
        OutcomeTable.Compute(log, aggregates, observedThrough: Start.AddDays(789)).Purchases[0].Should().Be(1);
    }

    [Fact]
    public void The_cutoff_named_as_the_way_out_works()
    {
        TransactionLog log = Log(Row("a", 0, 1), Row("a", 788, 1));
        ObservationWindow window = new(new DateOnly(2021, 12, 30), 60, Start);
        CustomerAggregates aggregates = Aggregator.Compute(log, window, AggregateCatalogue.Standard(log, 60), new AggregatorOptions());

        OutcomeTable.Compute(log, aggregates).Purchases[0].Should().Be(1);
    }

    private static OutcomeTable Compute(ReturnsPolicy policy, params Transaction[] rows)
    {
        TransactionLog log = Log(rows);
        return OutcomeTable.Compute(log, Aggregate(log, policy));
    }

    private static CustomerAggregates Aggregate(TransactionLog log, ReturnsPolicy policy) =>
        Aggregator.Compute(log, Window, AggregateCatalogue.Standard(log, 60), new AggregatorOptions { Returns = policy });
}
