using System.Globalization;
using System.Text;

namespace CustomerValue.Sources.Tests.Databases;

/// <summary>One line of an order, as tests store it in files and databases.</summary>
internal sealed record OrderLine(string? Customer, DateOnly Day, double? Amount, string? Order = null, int? Quantity = null, string? Product = null, string? Category = null, string? Channel = null, double? Discount = null, double? Margin = null);

/// <summary>Lines of orders as rows of text.</summary>
internal static class Orders
{
    public static readonly string[] Columns = ["customer_id", "order_date", "amount", "order_id", "quantity", "product", "category", "channel", "discount", "margin"];

    private static readonly string[] s_awkward = ["O'Brien", "a\"b", "Zoë", "李雷", "tab\tbed", "back\\slash", "semi;colon", "--", "'; DROP TABLE orders; --"];

    /// <summary>Lines of which nothing is regular: free ones, returns before and after purchases, residues, missing values, awkward names.</summary>
    public static OrderLine[] Random(int seed, int customers)
    {
        Random random = new(seed);
        List<OrderLine> lines = [];
        for (int c = 0; c < customers; c++)
        {
            string customer = c < s_awkward.Length ? s_awkward[c] : $"c{c:D4}";
            bool bare = random.NextDouble() < 0.2;
            int day = random.Next(500);
            for (int visit = random.Next(1, 12); visit > 0 && day < 800; visit--, day += random.Next(1, 120))
                for (int line = random.Next(1, 4); line > 0; line--)
                {
                    double kind = random.NextDouble(), amount = kind < 0.05 ? 0 : kind < 0.2 ? -random.Next(1, 60) / 10.0 : random.Next(1, 900) / 10.0;
                    lines.Add(new OrderLine(customer, new DateOnly(2022, 11, 3).AddDays(day), amount,
                        random.NextDouble() < 0.1 ? null : $"o{day}-{random.Next(2)}",
                        bare || random.NextDouble() < 0.2 ? null : random.Next(1, 9),
                        bare || random.NextDouble() < 0.1 ? null : $"p{random.Next(40)}",
                        bare || random.NextDouble() < 0.1 ? null : $"kind {random.Next(5)}",
                        bare || random.NextDouble() < 0.1 ? null : (string[])["web", "shop", "phone"] is var channels ? channels[random.Next(3)] : null,
                        bare || random.NextDouble() < 0.3 ? null : random.Next(0, 50) / 10.0,
                        bare || random.NextDouble() < 0.1 ? null : Math.Round(amount * 0.3, 2)));
                }
        }
        lines.Add(new OrderLine("residue", new DateOnly(2023, 5, 1), 0.1));
        lines.Add(new OrderLine("residue", new DateOnly(2023, 5, 2), 0.2));
        lines.Add(new OrderLine("residue", new DateOnly(2023, 5, 9), -0.3));
        lines.Add(new OrderLine("returns only", new DateOnly(2023, 5, 9), -5));
        lines.Add(new OrderLine(null, new DateOnly(2023, 5, 9), 5));
        return [.. lines];
    }

    /// <summary>Values that stand for none, or are written with blanks around them, among others; days before 1970 where a database has them.</summary>
    public static OrderLine[] Awkward(bool daysBefore1970)
    {
        DateOnly day = new(2023, 4, 1);
        return
        [
            .. Random(5, 200), new OrderLine(" padded", day, 10, " o1", 1, "p1 ", " kind 1 ", "web "), new OrderLine("padded  ", day.AddDays(3), 20, "o2", 2, " p1", "kind 1", " web"), new OrderLine("padded", day.AddDays(3), 1, "o2 "),
            .. new[] { "NULL", "null", "NaN", "nan", "None", "<NA>", "", "  " }.Select(customer => new OrderLine(customer, day, 7)),
            new OrderLine("number", day, double.NaN), new OrderLine("number", day, double.PositiveInfinity), new OrderLine("number", day, double.NegativeInfinity), new OrderLine("number", day, 3),
            new OrderLine("blank", day, 5, "", null, "", "", ""), new OrderLine("epoch", new DateOnly(1970, 1, 1), 5), new OrderLine("epoch", day, 6),
            .. daysBefore1970 ? (OrderLine[])[new("old", new DateOnly(1965, 5, 5), 5), new("old", day, 6), new("placeholder", new DateOnly(1900, 1, 1), 5), new("ancient", new DateOnly(1850, 1, 1), 5), new("placeholder", new DateOnly(9999, 12, 31), 5), new("placeholder", day, 6)] : [],
        ];
    }

    public static string ToCsv(IEnumerable<OrderLine> lines) => string.Join('\n', lines.Select(line => string.Join(',', Values(line).Select(value => Quoted(Text(value)))))
        .Prepend(string.Join(',', Columns))) + "\n";

    /// <summary>INSERT statements.</summary>
    public static string ToSql(IEnumerable<OrderLine> lines, bool escapesBackslashes) => string.Join(";\n", lines.Chunk(500).Select(chunk =>
        $"INSERT INTO orders VALUES {string.Join(", ", chunk.Select(line => $"({string.Join(", ", Values(line).Select(value => Literal(value, escapesBackslashes)))})"))}"));

    private static object?[] Values(OrderLine line) => [line.Customer, line.Day, line.Amount, line.Order, line.Quantity, line.Product, line.Category, line.Channel, line.Discount, line.Margin];

    private static string Text(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Literal(object? value, bool escapesBackslashes)
    {
        if (value is null)
            return "NULL";
        if (value is double number && !double.IsFinite(number))
            return escapesBackslashes ? number switch { double.PositiveInfinity => "inf", double.NegativeInfinity => "-inf", _ => "nan" } : $"CAST('{Text(number)}' AS DOUBLE PRECISION)";
        StringBuilder text = new(Text(value));
        if (escapesBackslashes)
            text.Replace("\\", "\\\\");
        return value is string or DateOnly ? $"'{text.Replace("'", "''")}'" : text.ToString();
    }
}
