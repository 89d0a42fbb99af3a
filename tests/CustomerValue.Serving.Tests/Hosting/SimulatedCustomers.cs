using System.Globalization;
using System.Text.Json.Nodes;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>Customers with Poisson purchases at uneven rates, lifetimes, returns, channels, margins and attributes over two years; same seed, same histories. Those who came by advertising seldom come back.</summary>
internal static class SimulatedCustomers
{
    private static readonly string[] s_channels = ["web", "shop", "phone"];

    public static List<Transaction> Make(int customers, int seed, int days = 720)
    {
        Random random = new(seed);
        List<Transaction> rows = [];
        DateOnly start = new(2023, 1, 1);
        for (int c = 0; c < customers; c++)
        {
            double rate = 0.002 + 0.03 * Math.Pow(random.NextDouble(), 3), day = random.Next(days / 2) * (c % 4 == 3 ? 1.8 : 1), spend = 10 + 200 * Math.Pow(random.NextDouble(), 4);
            if (SourceOf(c) == "advertising")
                rate /= 3;
            double end = day - 500 * Math.Log(1 - random.NextDouble());
            for (int order = 0; day < Math.Min(end, days); day -= Math.Log(1 - random.NextDouble()) / rate, order++)
            {
                double amount = Math.Round(spend * (0.5 + random.NextDouble()), 2);
                string channel = s_channels[random.Next(3)], product = $"p{random.Next(40)}";
                rows.Add(new Transaction($"c{c:00000}", start.AddDays((int)day), amount)
                {
                    OrderId = $"o{order}",
                    Quantity = 1 + random.Next(3),
                    Product = product,
                    Category = $"k{product.Length}",
                    Channel = channel,
                    Discount = random.Next(3),
                    Margin = amount / 4,
                });
                if (random.Next(12) == 0)
                    rows.Add(new Transaction($"c{c:00000}", start.AddDays((int)day), -amount / 2)
                    {
                        OrderId = $"r{order}",
                        Quantity = -1,
                        Product = product,
                        Category = $"k{product.Length}",
                        Channel = channel,
                        Discount = 0,
                        Margin = -amount / 8,
                    });
            }
        }
        return rows;
    }

    /// <summary>The second file: a name, a number and a day for most customers.</summary>
    public static string AttributeFile(int customers) => string.Join('\n', ["customer_id,source,age,joined", .. Enumerable.Range(0, customers).Where(c => c % 11 != 5)
        .Select(c => $"{Id(c)},{SourceOf(c)},{(c % 7 == 2 ? "" : 18 + c % 60)},{new DateOnly(2022, 6, 1).AddDays(c % 200):O}"), ""]);

    /// <summary>The attributes of the file as a call gives them.</summary>
    public static JsonObject AttributesOf(string id)
    {
        int c = int.Parse(id[1..], CultureInfo.InvariantCulture);
        return c % 11 == 5 ? [] : new JsonObject { ["source"] = SourceOf(c), ["age"] = c % 7 == 2 ? null : 18 + c % 60, ["joined"] = new DateOnly(2022, 6, 1).AddDays(c % 200).ToString("O") };
    }

    private static string Id(int customer) => $"c{customer:00000}";

    private static string SourceOf(int customer) => (customer % 3) switch { 0 => "advertising", 1 => "friend", _ => "search" };

    /// <summary>Body of a prediction call for some customers, in the order given.</summary>
    public static JsonObject ToRequest(DateOnly asOf, IEnumerable<IGrouping<string, Transaction>> customers) => new()
    {
        ["as_of"] = asOf.ToString("O"),
        ["customers"] = new JsonArray([.. customers.Select(ToCustomer)]),
    };

    private static JsonObject ToCustomer(IGrouping<string, Transaction> customer) => new()
    {
        ["customer_id"] = customer.Key,
        ["attributes"] = AttributesOf(customer.Key),
        ["transactions"] = new JsonArray([.. customer.Select(row => new JsonObject
        {
            ["date"] = row.Day.ToString("O"),
            ["amount"] = row.Amount,
            ["order_id"] = row.OrderId,
            ["quantity"] = row.Quantity,
            ["product"] = row.Product,
            ["category"] = row.Category,
            ["channel"] = row.Channel,
            ["discount"] = row.Discount,
            ["margin"] = row.Margin,
        })]),
    };
}
