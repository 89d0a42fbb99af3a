using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Tests.Aggregates;

/// <summary>Small histories for tests: days counted from 2020-01-01, cutoff and horizon fixed.</summary>
internal static class History
{
    /// <summary>Day 0 of all histories.</summary>
    public static readonly DateOnly Start = new(2020, 1, 1);

    /// <summary>Two years of past, 60 days of future.</summary>
    public static readonly ObservationWindow Window = new(Start.AddDays(730), 60, Start);

    public static Transaction Row(string customer, int day, double amount) => new(customer, Start.AddDays(day), amount);

    public static TransactionLog Log(params IEnumerable<Transaction> rows) => TransactionLog.From(rows);

    /// <summary>Random histories of up to <paramref name="customers"/> customers over all columns; amounts are quarters, so sums are exact in any order.</summary>
    public static List<Transaction> Random(int seed, int customers, string prefix = "c")
    {
        Random random = new(seed);
        List<Transaction> rows = [];
        for (int customer = 0; customer < customers; customer++)
        {
            int count = 1 + random.Next(12);
            bool bare = random.Next(4) == 0;
            for (int i = 0; i < count; i++)
            {
                double amount = random.Next(5) == 0 ? -random.Next(1, 200) / 4.0 : random.Next(0, 400) / 4.0;
                Transaction row = Row($"{prefix}{customer:000}", random.Next(0, 790), amount);
                rows.Add(bare ? row : row with
                {
                    OrderId = $"o{random.Next(3)}",
                    Quantity = random.Next(4) == 0 ? double.NaN : random.Next(1, 5),
                    Product = random.Next(5) == 0 ? null : $"p{random.Next(6)}",
                    Category = random.Next(5) == 0 ? null : $"k{random.Next(3)}",
                    Channel = random.Next(5) == 0 ? null : $"web{random.Next(3)}",
                    Discount = random.Next(3) == 0 ? random.Next(0, 20) / 4.0 : double.NaN,
                    Margin = random.Next(3) == 0 ? double.NaN : amount / 2,
                });
            }
        }
        return rows;
    }
}
