using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Tests.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Tests.Features;

/// <summary>A plan that is kept gives what a fresh one gives, whatever it was used for before and by however many threads.</summary>
public sealed class FeaturePlanTests
{
    private readonly List<Transaction> _rows = History.Random(11, 40);
    private readonly AggregateCatalogue _catalogue;
    private readonly FeatureSchema _schema;

    public FeaturePlanTests()
    {
        _catalogue = AggregateCatalogue.Standard(History.Log(_rows), 60);
        _schema = FeatureSchema.Standard(_catalogue);
    }

    [Fact]
    public void Single_customers_at_changing_cutoffs_and_on_many_threads_equal_fresh_builds()
    {
        FeaturePlan plan = new(_catalogue, _schema);
        (CustomerAggregates Aggregates, float[] Expected)[] cases = [.. _rows.Select(row => row.CustomerId).Distinct().SelectMany(id => new[] { 730, 500, 400, 729 }
            .Select(cutoff => Aggregate(_rows.Where(row => row.CustomerId == id), cutoff)).Where(aggregates => aggregates.Count == 1))
            .Select(aggregates => (aggregates, Row(FeatureBuilder.Build(aggregates, _schema))))];

        cases.Should().HaveCountGreaterThan(100);
        Parallel.For(0, 4 * cases.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            (CustomerAggregates aggregates, float[] expected) = cases[i % cases.Length];
            if (!Row(plan.Build(aggregates)).AsSpan().SequenceEqual(expected))
                throw new InvalidOperationException($"Case {i % cases.Length} differs.");
        });
    }

    [Fact]
    public void Aggregates_of_another_catalogue_are_refused()
    {
        FeaturePlan plan = new(_catalogue, _schema);
        CustomerAggregates other = Aggregator.Compute(History.Log(_rows), History.Window, AggregateCatalogue.Standard(History.Log(History.Row("a", 1, 1)), 30), new AggregatorOptions());

        Action build = () => plan.Build(other);

        build.Should().Throw<ArgumentException>().WithMessage("The aggregates are of another catalogue than the plan.*");
    }

    private CustomerAggregates Aggregate(IEnumerable<Transaction> rows, int cutoff) =>
        Aggregator.Compute(History.Log(rows), new ObservationWindow(History.Start.AddDays(cutoff), 60, History.Start), _catalogue, new AggregatorOptions());

    private static float[] Row(FeatureTable table)
    {
        float[] row = new float[table.Schema.Count];
        table.Row(0, row);
        return row;
    }
}
