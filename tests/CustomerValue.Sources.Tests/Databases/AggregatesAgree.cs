using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Outcomes;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>Holds aggregates of two engines against each other: whole numbers and days alike, sums but for the order of addition.</summary>
internal static class AggregatesAgree
{
    private const double Relative = 1e-9;

    public static void Check(CustomerAggregates found, CustomerAggregates expected)
    {
        Enumerable.Range(0, found.Count).Select(found.CustomerId).Should().Equal(Enumerable.Range(0, expected.Count).Select(expected.CustomerId));
        List<string> differences = [];
        for (int column = 0; column < found.Catalogue.Count; column++)
            for (int row = 0; row < found.Count; row++)
                if (!Agrees(found.Column(column)[row], expected.Column(column)[row], found.Catalogue.Definitions[column].Column))
                    differences.Add($"{found.CustomerId(row)}: {found.Catalogue.Definitions[column].Name} is {found.Column(column)[row]:R}, expected {expected.Column(column)[row]:R} at {found.Window.Cutoff:yyyy-MM-dd}");
        differences.Should().BeEmpty($"{differences.Count} values differ, such as {string.Join("; ", differences.Take(5))}");
        found.Unmatched.Customers.Should().Be(expected.Unmatched.Customers);
        found.Unmatched.ReturnOnlyCustomers.Should().Be(expected.Unmatched.ReturnOnlyCustomers);
        found.Unmatched.Amount.Should().BeApproximately(expected.Unmatched.Amount, Relative * (1 + expected.Unmatched.Amount));
    }

    public static void Check(OutcomeTable found, OutcomeTable expected)
    {
        found.Purchases.ToArray().Should().Equal(expected.Purchases.ToArray());
        found.Churned.ToArray().Should().Equal(expected.Churned.ToArray());
        found.DaysToNextPurchase.ToArray().Should().Equal(expected.DaysToNextPurchase.ToArray());
        found.Spend.ToArray().Should().Equal(expected.Spend.ToArray(), (left, right) => Agrees(left, right, AggregateColumn.Spend));
        found.Margin.ToArray().Should().Equal(expected.Margin.ToArray(), (left, right) => Agrees(left, right, AggregateColumn.Margin));
    }

    private static bool Agrees(double found, double expected, AggregateColumn column) => column is AggregateColumn.Spend or AggregateColumn.RepeatSpend or AggregateColumn.Gross or AggregateColumn.Margin or AggregateColumn.Return or AggregateColumn.Discount
        ? double.IsNaN(found) == double.IsNaN(expected) && !(Math.Abs(found - expected) > Relative * Math.Max(1, Math.Abs(expected)))
        : found.Equals(expected);
}
