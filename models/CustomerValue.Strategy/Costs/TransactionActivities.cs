using CustomerValue.Data.Transactions;

namespace CustomerValue.Strategy.Costs;

/// <summary>Activities that transactions tell by themselves: <c>order</c>, <c>line</c> and <c>return</c>, and lines of service products (postage, a manual entry, a bank charge) under the product's name.</summary>
/// <remarks>A line counts as one: a service product's under its name, else a negative amount as <c>return</c>, else as <c>line</c>. Lines of one order and day are one <c>order</c>; without order ids, those of one day.</remarks>
internal static class TransactionActivities
{
    /// <summary>An order with goods in it.</summary>
    public const string Order = "order";

    /// <summary>A line of goods that is picked.</summary>
    public const string Line = "line";

    /// <summary>A line that comes back.</summary>
    public const string Return = "return";

    /// <summary>Whether some rate can be applied to what transactions tell.</summary>
    /// <param name="rates">The rates.</param>
    /// <param name="log">The transactions.</param>
    public static bool AreRated(CostRates rates, TransactionLog log) =>
        rates.Rates.Any(rate => rate.Activity is Order or Line or Return || log.ProductNames.Find(rate.Activity) >= 0);

    /// <summary>The activities of a log that rates name.</summary>
    /// <param name="log">The transactions.</param>
    /// <param name="rates">The rates: a rate that bears a product's name makes lines of that product a service.</param>
    public static ActivityLog Of(TransactionLog log, CostRates rates)
    {
        Dictionary<string, bool> rated = rates.Rates.ToDictionary(rate => rate.Activity, _ => true, StringComparer.Ordinal);
        bool[] service = [.. log.ProductNames.Names.Select(rated.ContainsKey)];
        return ActivityLog.From(Activities(log, rated, service), log.Customers);
    }

    private static IEnumerable<Activity> Activities(TransactionLog log, Dictionary<string, bool> rated, bool[] service)
    {
        bool orders = rated.ContainsKey(Order), lines = rated.ContainsKey(Line), returns = rated.ContainsKey(Return);
        for (int customer = 0; customer < log.CustomerCount; customer++)
        {
            string id = log.Customers[customer];
            (int Day, int Order) before = (-1, -1);
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
            {
                DateOnly day = log.FirstDay.AddDays(log.Days[row]);
                int product = log.Products.Length > 0 ? log.Products[row] : -1;
                if (product >= 0 && service[product])
                {
                    yield return new Activity(id, day, log.ProductNames[product]);
                    continue;
                }
                bool back = log.Amounts[row] < 0;
                if (back ? returns : lines)
                    yield return new Activity(id, day, back ? Return : Line);
                (int, int) order = (log.Days[row], log.Orders.Length > 0 ? log.Orders[row] : 0);
                if (back || order == before)
                    continue;
                before = order;
                if (orders)
                    yield return new Activity(id, day, Order);
            }
        }
    }
}
