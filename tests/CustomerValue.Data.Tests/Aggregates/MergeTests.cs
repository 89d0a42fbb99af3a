using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using static CustomerValue.Data.Tests.Aggregates.History;

namespace CustomerValue.Data.Tests.Aggregates;

public sealed class MergeTests
{
    private static readonly AggregatorOptions s_options = new() { Threads = 2 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Aggregates_of_disjoint_customers_merge_to_the_aggregates_of_both(int seed)
    {
        List<Transaction> rows = History.Random(seed, 200);
        TransactionLog both = Log(rows);
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(both, 60);
        bool IsOdd(Transaction row) => row.CustomerId[^1] % 2 == 1;

        CustomerAggregates merged = CustomerAggregates.Merge(
            Aggregator.Compute(Log(rows.Where(IsOdd)), Window, catalogue, s_options),
            Aggregator.Compute(Log(rows.Where(row => !IsOdd(row))), Window, catalogue, s_options));

        MustBeSame(merged, Aggregator.Compute(both, Window, catalogue, s_options));
    }

    [Fact]
    public void Blocks_of_customers_are_the_rows_of_the_whole()
    {
        TransactionLog log = Log(History.Random(5, 100));
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, 60);
        CustomerAggregates whole = Aggregator.Compute(log, Window, catalogue, s_options);

        int row = 0;
        for (int start = 0; start < log.CustomerCount; start += 30)
        {
            CustomerAggregates block = Aggregator.Compute(log, Window, catalogue, s_options with { Customers = start..Math.Min(log.CustomerCount, start + 30) });
            for (int i = 0; i < block.Count; i++, row++)
            {
                block.CustomerId(i).Should().Be(whole.CustomerId(row));
                for (int c = 0; c < catalogue.Count; c++)
                    block.Column(c)[i].Should().Be(whole.Column(c)[row]);
            }
        }
        row.Should().Be(whole.Count);
    }

    [Fact]
    public void Merging_a_customer_with_itself_is_refused()
    {
        TransactionLog log = Log(Row("a", 0, 1));
        CustomerAggregates aggregates = Aggregator.Compute(log, Window, AggregateCatalogue.Standard(log, 60), s_options);

        Action merge = () => CustomerAggregates.Merge(aggregates, aggregates);

        merge.Should().Throw<ArgumentException>().WithMessage("Customer a stands in both*");
    }

    private static void MustBeSame(CustomerAggregates found, CustomerAggregates expected)
    {
        found.Population.ToArray().Should().Equal(expected.Population.ToArray());
        Enumerable.Range(0, found.Count).Select(found.CustomerId).Should().Equal(Enumerable.Range(0, expected.Count).Select(expected.CustomerId));
        for (int c = 0; c < expected.Catalogue.Count; c++)
            found.Column(c).ToArray().Should().Equal(expected.Column(c).ToArray(), expected.Catalogue.Definitions[c].Name);
        found.MeanRepeatSpend.ToArray().Should().Equal(expected.MeanRepeatSpend.ToArray());
        found.Unmatched.Should().Be(expected.Unmatched);
    }
}
