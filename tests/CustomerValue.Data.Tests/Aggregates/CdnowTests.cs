using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Tests.Aggregates;

public sealed class CdnowTests
{
    [Theory]
    [InlineData(ReturnsPolicy.Net)]
    [InlineData(ReturnsPolicy.Ignore)]
    [InlineData(ReturnsPolicy.Keep)]
    public void CDNOW_gives_the_published_x_tx_T_and_mean_repeat_spend(ReturnsPolicy returns)
    {
        Dictionary<string, double[]> reference = Cdnow.Reference();
        CustomerAggregates aggregates = Compute(Cdnow.Sample(), returns);

        aggregates.Count.Should().Be(2357);
        for (int i = 0; i < aggregates.Count; i++)
        {
            double[] expected = reference[aggregates.CustomerId(i)];
            aggregates.X[i].Should().Be(expected[0]);
            (aggregates.Tx[i] / 7).Should().BeApproximately(expected[1], 1e-6);
            (aggregates.T[i] / 7).Should().BeApproximately(expected[2], 1e-6);
            aggregates.MeanRepeatSpend[i].Should().BeApproximately(expected[3], 1e-5);
        }
    }

    [Fact]
    public void CDNOW_gives_the_published_holdout_purchases_and_sales()
    {
        Dictionary<string, double[]> reference = Cdnow.Reference();
        TransactionLog log = Cdnow.Sample();
        CustomerAggregates aggregates = Compute(log, ReturnsPolicy.Net);

        OutcomeTable outcomes = OutcomeTable.Compute(log, aggregates);

        for (int i = 0; i < aggregates.Count; i++)
        {
            double[] expected = reference[aggregates.CustomerId(i)];
            outcomes.Purchases[i].Should().Be(expected[4]);
            outcomes.Spend[i].Should().BeApproximately(expected[5], 1e-5);
            outcomes.Churned[i].Should().Be(expected[4] == 0);
        }
    }

    private static CustomerAggregates Compute(TransactionLog log, ReturnsPolicy returns) =>
        Aggregator.Compute(log, Cdnow.Window, AggregateCatalogue.Standard(log, 273), new AggregatorOptions { Returns = returns });
}
