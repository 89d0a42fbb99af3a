using CustomerValue.Data.Transactions;

namespace CustomerValue.Decisions.Talking;

/// <summary>One of a customer's last purchases.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">Money of the day, returns deducted.</param>
/// <param name="Items">Names of the products of most money, or of categories where products are unknown; at most three.</param>
public sealed record LastPurchase(DateOnly Day, double Amount, IReadOnlyList<string> Items)
{
    private const int MostItems = 3;

    /// <summary>The last days of a customer with more bought than returned, the latest first.</summary>
    /// <param name="log">Raw histories.</param>
    /// <param name="customer">The customer's index in the log.</param>
    /// <param name="asOf">First day that is not looked at.</param>
    /// <param name="most">Days to give.</param>
    public static IReadOnlyList<LastPurchase> Of(TransactionLog log, int customer, DateOnly asOf, int most)
    {
        List<LastPurchase> last = [];
        (int start, int end) = (log.Offsets.Span[customer], log.Offsets.Span[customer + 1]);
        int future = asOf.DayNumber - log.FirstDay.DayNumber;
        for (int row = end - 1; row >= start && last.Count < most;)
        {
            int day = log.Days[row], to = row;
            while (row >= start && log.Days[row] == day)
                row--;
            if (day < future && Sum(log, row + 1, to) is > 0 and double amount)
                last.Add(new LastPurchase(log.FirstDay.AddDays(day), amount, Bought(log, row + 1, to)));
        }
        return last;
    }

    private static double Sum(TransactionLog log, int from, int to)
    {
        double sum = 0;
        for (int row = from; row <= to; row++)
            sum += log.Amounts[row];
        return sum;
    }

    private static string[] Bought(TransactionLog log, int from, int to)
    {
        Dictionary<string, double> money = new(StringComparer.Ordinal);
        for (int row = from; row <= to; row++)
        {
            string? name = !log.Products.IsEmpty && log.Products[row] >= 0 ? log.ProductNames[log.Products[row]]
                : !log.Categories.IsEmpty && log.Categories[row] != ushort.MaxValue ? log.CategoryNames[log.Categories[row]] : null;
            if (name is not null)
                money[name] = money.GetValueOrDefault(name) + log.Amounts[row];
        }
        return [.. money.Where(item => item.Value > 0).OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal).Take(MostItems).Select(item => item.Key)];
    }
}
