using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using static CustomerValue.Data.Tests.Aggregates.History;

namespace CustomerValue.Data.Tests.Aggregates;

public sealed class ReturnsPolicyTests
{
    [Fact]
    public void A_return_comes_off_the_latest_purchase_day_at_or_before_it()
    {
        CustomerAggregates net = Compute(ReturnsPolicy.Net, Row("a", 0, 50), Row("a", 10, 30), Row("a", 20, -20), Row("a", 30, 40));

        net.X[0].Should().Be(2);
        net.TotalSpend[0].Should().Be(100);
        net.FirstDaySpend[0].Should().Be(50);
        net.MeanRepeatSpend[0].Should().Be((10 + 40) / 2.0);
        net["last_spend"][0].Should().Be(40);
        net.Unmatched.Customers.Should().Be(0);
    }

    [Fact]
    public void A_return_on_a_purchase_day_comes_off_that_day_first()
    {
        CustomerAggregates net = Compute(ReturnsPolicy.Net, Row("a", 0, 50), Row("a", 10, 30), Row("a", 10, -20));

        net["last_spend"][0].Should().Be(10);
        net.FirstDaySpend[0].Should().Be(50);
    }

    [Fact]
    public void A_return_larger_than_the_latest_day_goes_back_to_the_day_before()
    {
        CustomerAggregates net = Compute(ReturnsPolicy.Net, Row("a", 0, 50), Row("a", 10, 30), Row("a", 20, -45));

        net.X[0].Should().Be(1, "a day that was returned stays a purchase day");
        net["last_spend"][0].Should().Be(0);
        net.FirstDaySpend[0].Should().Be(35);
        net.MeanRepeatSpend[0].Should().Be(0);
    }

    [Fact]
    public void A_later_return_does_not_see_what_an_earlier_one_took()
    {
        CustomerAggregates net = Compute(ReturnsPolicy.Net, Row("a", 0, 50), Row("a", 5, -50), Row("a", 10, 30), Row("a", 20, -40));

        net.TotalSpend[0].Should().Be(0);
        net.Unmatched.Should().Be(new UnmatchedReturns(1, 10, 0));
    }

    [Fact]
    public void What_exceeds_all_purchases_is_dropped_and_counted()
    {
        CustomerAggregates net = Compute(ReturnsPolicy.Net, Row("a", 0, -7), Row("a", 10, 30), Row("a", 20, -45), Row("b", 0, 10), Row("c", 1, -3));

        net.Count.Should().Be(2, "customer c has no purchase");
        net.TotalSpend[0].Should().Be(0);
        net.TotalSpend[1].Should().Be(10);
        net.Unmatched.Should().Be(new UnmatchedReturns(1, 22, 1));
        net.Findings.Select(finding => finding.Code).Should().Equal("unmatched-returns", "returns-only-customers");
    }

    [Fact]
    public void A_full_return_in_several_parts_leaves_exactly_nothing()
    {
        CustomerAggregates net = Compute(ReturnsPolicy.Net, Row("a", 0, 0.1), Row("a", 0, 0.2), Row("a", 1, -0.3));

        net.TotalSpend[0].Should().Be(0);
        net.Unmatched.Amount.Should().Be(0);
    }

    [Fact]
    public void Ignored_returns_are_not_seen_at_all()
    {
        CustomerAggregates ignored = Compute(ReturnsPolicy.Ignore, Row("a", 0, 50), Row("a", 10, 30), Row("a", 20, -45));

        ignored.TotalSpend[0].Should().Be(80);
        ignored["returns_all"][0].Should().Be(0);
        ignored["returns_sum_all"][0].Should().Be(0);
        ignored["last_spend"][0].Should().Be(30);
    }

    [Fact]
    public void Kept_returns_make_a_day_negative_but_no_purchase_day()
    {
        CustomerAggregates kept = Compute(ReturnsPolicy.Keep, Row("a", 0, 50), Row("a", 10, 30), Row("a", 10, -45), Row("a", 20, -5));

        kept.X[0].Should().Be(1);
        kept.Tx[0].Should().Be(10);
        kept["last_spend"][0].Should().Be(-15);
        kept.TotalSpend[0].Should().Be(30);
        kept.MeanRepeatSpend[0].Should().Be(-15);
    }

    [Theory]
    [InlineData(ReturnsPolicy.Net, 2, 50)]
    [InlineData(ReturnsPolicy.Ignore, 0, 0)]
    [InlineData(ReturnsPolicy.Keep, 2, 50)]
    public void Returns_are_counted_on_their_own_day_before_netting(ReturnsPolicy policy, double lines, double money)
    {
        CustomerAggregates aggregates = Compute(policy, Row("a", 0, 500), Row("a", 720, -45), Row("a", 725, -5));

        aggregates["returns_horizon"][0].Should().Be(lines);
        aggregates["returns_sum_horizon"][0].Should().Be(money);
        aggregates["gross_sum_all"][0].Should().Be(500);
    }

    [Fact]
    public void Netting_scales_the_margin_of_the_day_by_what_was_kept()
    {
        Transaction[] rows = [Row("a", 0, 100) with { Margin = 40 }, Row("a", 5, -25) with { Margin = -9 }];

        Compute(ReturnsPolicy.Net, rows).Margin[0].Should().Be(30);
        Compute(ReturnsPolicy.Ignore, rows).Margin[0].Should().Be(40);
        Compute(ReturnsPolicy.Keep, rows).Margin[0].Should().Be(31);
    }

    private static CustomerAggregates Compute(ReturnsPolicy policy, params Transaction[] rows)
    {
        TransactionLog log = Log(rows);
        return Aggregator.Compute(log, Window, AggregateCatalogue.Standard(log, 60), new AggregatorOptions { Returns = policy, Threads = 1 });
    }
}
