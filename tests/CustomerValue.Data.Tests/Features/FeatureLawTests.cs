using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Tests.Aggregates;
using CustomerValue.Data.Transactions;
using FsCheck;
using FsCheck.Fluent;
using static CustomerValue.Data.Tests.Aggregates.History;

namespace CustomerValue.Data.Tests.Features;

/// <summary>Laws that hold for every history, tried on random ones over all columns and policies.</summary>
public sealed class FeatureLawTests
{
    private static readonly Config s_quick = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Fact]
    public void Nothing_at_or_after_the_cutoff_changes_a_feature() => Check((seed, policy) =>
    {
        List<Transaction> rows = History.Random(seed, 12);
        Random random = new(seed);
        // Moves every future row to another customer and day, changes its amount, and adds more, even by strangers and through new channels.
        IEnumerable<Transaction> past = rows.Where(row => row.Day < Window.Cutoff);
        IEnumerable<Transaction> future = rows.Where(row => row.Day >= Window.Cutoff).Concat(History.Random(seed + 1, 3, "stranger").Where(row => row.Day >= Window.Cutoff))
            .Select(row => row with { CustomerId = $"c{random.Next(20):000}", Day = Window.Cutoff.AddDays(random.Next(60)), Amount = random.Next(-400, 400), Channel = $"new{random.Next(30)}" });

        FeatureTable without = Build(past, policy, out _);
        FeatureTable with = Build(past.Concat(future), policy, out _);

        with.Schema.Hash.Should().Be(without.Schema.Hash);
        Same(with, without);
    });

    [Fact]
    public void Doubling_all_amounts_doubles_money_and_leaves_everything_else() => Check((seed, policy) =>
    {
        List<Transaction> rows = History.Random(seed, 12);
        FeatureTable once = Build(rows, policy, out _);
        FeatureTable twice = Build(rows.Select(row => row with { Amount = 2 * row.Amount, Discount = 2 * row.Discount, Margin = 2 * row.Margin }), policy, out _);

        for (int i = 0; i < once.Schema.Count; i++)
        {
            FeatureDefinition feature = once.Schema.Features[i];
            if (feature.Unit == "log money")
                continue;
            float factor = feature.Unit == "money" ? 2 : 1;
            twice.Column(i).ToArray().Should().Equal(once.Column(i).ToArray().Select(value => factor * value), "{0} is {1}", feature.Name, feature.Unit);
        }
    });

    [Fact]
    public void A_customer_alone_gives_the_same_features_as_among_others() => Check((seed, policy) =>
    {
        List<Transaction> rows = History.Random(seed, 12);
        FeatureTable together = Build(rows, policy, out CustomerAggregates aggregates);
        AggregateCatalogue catalogue = AggregateCatalogue.FromJson(aggregates.Catalogue.ToJson());
        for (int i = 0; i < aggregates.Count; i++)
        {
            string id = aggregates.CustomerId(i);
            TransactionLog alone = Log(rows.Where(row => row.CustomerId == id));
            FeatureTable single = FeatureBuilder.Build(Aggregate(alone, catalogue, policy), together.Schema);

            float[] expected = new float[together.Schema.Count], found = new float[together.Schema.Count];
            together.Row(i, expected);
            single.Row(0, found);
            single.RowCount.Should().Be(1);
            for (int f = 0; f < found.Length; f++)
                found[f].Should().Be(expected[f], "customer {0} has the same {1} alone", id, together.Schema.Features[f].Name);
        }
    });

    [Fact]
    public void Order_of_rows_changes_nothing() => Check((seed, policy) =>
    {
        List<Transaction> rows = History.Random(seed, 12);
        Transaction[] shuffled = [.. rows];
        new Random(seed).Shuffle(shuffled);

        Same(Build(shuffled, policy, out _), Build(rows, policy, out _));
    });

    [Fact]
    public void Number_of_threads_changes_nothing() => Check((seed, policy) =>
    {
        TransactionLog log = Log(History.Random(seed, 5000));
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, 60);
        CustomerAggregates one = Aggregator.Compute(log, Window, catalogue, new AggregatorOptions { Returns = policy, Threads = 1 });
        CustomerAggregates four = Aggregator.Compute(log, Window, catalogue, new AggregatorOptions { Returns = policy, Threads = 4 });
        FeatureSchema schema = FeatureSchema.Standard(catalogue);

        four.Unmatched.Should().Be(one.Unmatched);
        Same(FeatureBuilder.Build(four, schema, threads: 4), FeatureBuilder.Build(one, schema));
    }, tests: 3);

    private static FeatureTable Build(IEnumerable<Transaction> rows, ReturnsPolicy policy, out CustomerAggregates aggregates)
    {
        TransactionLog log = Log(rows);
        aggregates = Aggregate(log, AggregateCatalogue.Standard(log, 60, before: Window.Cutoff), policy);
        return FeatureBuilder.Build(aggregates, FeatureSchema.Standard(aggregates.Catalogue));
    }

    private static CustomerAggregates Aggregate(TransactionLog log, AggregateCatalogue catalogue, ReturnsPolicy policy) =>
        Aggregator.Compute(log, Window, catalogue, new AggregatorOptions { Returns = policy, Threads = 1 });

    private static void Same(FeatureTable found, FeatureTable expected)
    {
        found.RowCount.Should().Be(expected.RowCount);
        for (int i = 0; i < expected.Schema.Count; i++)
            found.Column(i).Span.SequenceEqual(expected.Column(i).Span).Should().BeTrue("{0} is the same", expected.Schema.Features[i].Name);
    }

    private static void Check(Action<int, ReturnsPolicy> law, int tests = 60) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        Gen.Elements(ReturnsPolicy.Net, ReturnsPolicy.Ignore, ReturnsPolicy.Keep).ToArbitrary(),
        law).Check(s_quick.WithMaxTest(tests));
}
