using CustomerValue.CustomerBook;
using CustomerValue.Serving.Pages.Book;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

/// <summary>What pages count of everyone is counted in memory, and gives what the database counts.</summary>
public sealed class MapTests(ScoredShop shop) : IClassFixture<ScoredShop>
{
    [Theory]
    [InlineData(new double[] { 50 }, new double[] { 100 })]
    [InlineData(new double[] { -10, 0, 20, 90 }, new double[] { 0 })]
    [InlineData(new double[] { 1e9 }, new double[] { -1e9, 33.3 })]
    public async Task Bands_hold_the_customers_and_the_money_that_the_database_counts(double[] across, double[] up)
    {
        CustomerBookDatabase book = shop.Host.Services.GetRequiredService<CustomerBookDatabase>();
        BookHeader header = (await book.HeaderAsync())!;
        BookKey current = new("current_value") { Edges = across }, potential = new("potential_value") { Edges = up };

        IReadOnlyList<BookGroup> counted = (await shop.Host.Services.GetRequiredService<BookSummaries>().BandsAsync(current, potential, TestContext.Current.CancellationToken))!;
        IReadOnlyList<BookGroup> asked = (await book.GroupsAsync([current, potential, "quadrant"], ["potential_value", "current_value"], []))!;

        counted.Sum(group => group.Customers).Should().Be(header.Customers);
        ShouldBeSame(counted, asked);
    }

    [Fact]
    public async Task Words_bands_and_products_are_counted_in_memory_as_the_database_counts_them()
    {
        CustomerBookDatabase book = shop.Host.Services.GetRequiredService<CustomerBookDatabase>();
        BookColumns columns = (await shop.Host.Services.GetRequiredService<BookMemory>().CurrentAsync(TestContext.Current.CancellationToken))!;
        BookKey[] keys = ["strategy", "stage", new("churn_probability") { Edges = [0.2, 0.7] }, new("current_index") { Edges = [50] }];
        BookSum[] sums = ["potential_value", "expected_spend", new("potential_value", "churn_probability"), "cost_to_serve"];

        IReadOnlyList<BookGroup> counted = columns.Groups(keys, sums);

        counted.Should().HaveCountGreaterThan(5);
        ShouldBeSame(counted, (await book.GroupsAsync(keys, sums, []))!);
        ShouldBeSame(columns.Groups([], sums), (await book.GroupsAsync([], sums, []))!);
    }

    private static void ShouldBeSame(IReadOnlyList<BookGroup> counted, IReadOnlyList<BookGroup> asked)
    {
        counted.Select(group => (string.Join('|', group.Keys), group.Customers)).Should().BeEquivalentTo(asked.Select(group => (string.Join('|', group.Keys), group.Customers)));
        foreach (BookGroup group in asked)
            counted.Single(same => same.Keys.SequenceEqual(group.Keys)).Sums.Zip(group.Sums).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Max(1, Math.Abs(pair.Second)));
    }
}
