using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>What a whole log gives cause to doubt: its money, its days, its orders.</summary>
internal static class LogDoubts
{
    private const int FewestRows = 50;

    public static void Tell(TransactionLog log, List<Finding> findings)
    {
        CustomerDoubts.Tell(log, findings);
        if (log.RowCount < FewestRows)
            return;
        TellOneRow(log, findings);
        TellRepeatedTotals(log, findings);
        TellMissingDays(log, findings);
        TellLevelJump(log, findings);
        TellTests(log, findings);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TellOneRow(TransactionLog log, List<Finding> findings)
    {
        const double Most = 0.5;
        double sum = 0, largest = 0;
        int at = 0;
        ReadOnlySpan<double> amounts = log.Amounts;
        for (int row = 0; row < amounts.Length; row++)
        {
            double amount = amounts[row];
            if (amount <= 0)
                continue;
            sum += amount;
            if (amount > largest)
                (largest, at) = (amount, row);
        }
        if (largest > Most * sum)
            findings.Add(new Finding("one-row-of-money", Severity.Error,
                string.Create(CultureInfo.InvariantCulture, $"One row, of customer {CustomerOf(log, at)} on {log.FirstDay.AddDays(log.Days[at]):yyyy-MM-dd}, holds {largest:N2} of {sum:N2}, {largest / sum:P0} of all money."),
                "Check it: a decimal point may be missing. Leave it out with --where if it is wrong."));
    }

    /// <summary>Lines of one order that all hold the same amount.</summary>
    private static void TellRepeatedTotals(TransactionLog log, List<Finding> findings)
    {
        const double MostOrders = 0.9;
        const int FewestOrders = 10;
        if (log.Orders.IsEmpty)
            return;
        int orders = 0, alike = 0;
        double extra = 0;
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        Dictionary<ushort, (int Lines, double Amount, bool Same)> today = [];
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = offsets[customer]; row < offsets[customer + 1];)
            {
                int end = row;
                while (end < offsets[customer + 1] && log.Days[end] == log.Days[row])
                    end++;
                if (end - row > 1)
                {
                    today.Clear();
                    for (int line = row; line < end; line++)
                        today[log.Orders[line]] = today.TryGetValue(log.Orders[line], out (int Lines, double Amount, bool Same) order)
                            ? (order.Lines + 1, order.Amount, order.Same && order.Amount == log.Amounts[line])
                            : (1, log.Amounts[line], true);
                    foreach ((int lines, double amount, bool same) in today.Values)
                        if (lines > 1)
                        {
                            orders++;
                            alike += same && amount != 0 ? 1 : 0;
                            extra += same ? (lines - 1) * amount : 0;
                        }
                }
                row = end;
            }
        if (orders >= FewestOrders && alike >= MostOrders * orders)
            findings.Add(new Finding("order-total-repeated", Severity.Error,
                string.Create(CultureInfo.InvariantCulture, $"In {alike:N0} of {orders:N0} orders of several lines every line has the same amount: the total of the order may stand on each line, which would count {extra:N2} too much."),
                "Map the amount of the line, such as --map amount=Quantity*UnitPrice, or export one row an order."));
    }

    private static void TellMissingDays(TransactionLog log, List<Finding> findings)
    {
        const int Week = 7;
        const double RowsADay = 3;
        long[] rows = RowsOfDays(log);
        int active = rows.Count(count => count > 0);
        // A week without a row is no chance where days have several.
        if (rows.Length < 8 * Week || log.RowCount < RowsADay * active || active < rows.Length / 2)
            return;
        List<(int First, int Last)> gaps = [];
        for (int day = 0, seen = 0; day < rows.Length; day++)
            if (rows[day] > 0)
            {
                if (day - seen > Week)
                    gaps.Add((seen + 1, day - 1));
                seen = day;
            }
        if (gaps.Count > 0)
            findings.Add(new Finding("missing-days", Severity.Warning,
                $"{gaps.Sum(gap => gap.Last - gap.First + 1):N0} days in a row or more have no transaction at all: {string.Join(", ", gaps.Take(4).Select(gap => $"{log.FirstDay.AddDays(gap.First):yyyy-MM-dd} to {log.FirstDay.AddDays(gap.Last):yyyy-MM-dd}"))}. An export may have lost them.",
                "Export those days again, unless the shop was closed."));
    }

    /// <summary>A month whose usual amount is about a hundred times that of the month before.</summary>
    private static void TellLevelJump(TransactionLog log, List<Finding> findings)
    {
        const double Least = 50, Most = 200;
        const int FewestOfMonth = 20, Sampled = 1 << 15;
        int firstMonth = MonthOf(log.FirstDay);
        List<double>?[] months = new List<double>?[MonthOf(log.LastDay) - firstMonth + 1];
        // An odd step, so that the sample does not beat with the rhythm of customers.
        int step = log.RowCount <= Sampled ? 1 : log.RowCount / Sampled | 1;
        ReadOnlySpan<double> all = log.Amounts;
        ReadOnlySpan<ushort> days = log.Days;
        for (int row = 0; row < all.Length; row += step)
            if (all[row] > 0)
            {
                List<double> amounts = months[MonthOf(log.FirstDay.AddDays(days[row])) - firstMonth] ??= [];
                amounts.Add(all[row]);
            }
        List<(int Month, double Median)> medians = [];
        for (int month = 0; month < months.Length; month++)
            if (months[month] is { Count: >= FewestOfMonth } amounts)
            {
                amounts.Sort();
                medians.Add((firstMonth + month, amounts[amounts.Count / 2]));
            }
        // The month of a change holds both levels, so every second month is compared as well.
        for (int i = 1; i < medians.Count; i++)
            foreach (int back in (ReadOnlySpan<int>)[1, 2])
                if (i >= back && medians[i].Median / medians[i - back].Median is var ratio && (ratio is > Least and < Most || ratio is > 1 / Most and < 1 / Least))
                {
                    findings.Add(new Finding("level-jump", Severity.Error,
                        string.Create(CultureInfo.InvariantCulture, $"The usual amount goes from {medians[i - back].Median:N2} in {Month(medians[i - back].Month)} to {medians[i].Median:N2} in {Month(medians[i].Month)}: cents may stand beside whole units."),
                        "Bring all amounts to one unit."));
                    return;
                }
    }

    private static void TellTests(TransactionLog log, List<Finding> findings)
    {
        int[] tests = [.. Enumerable.Range(0, log.ProductNames.Count).Where(code => IsTest(log.ProductNames[code]))];
        if (tests.Length == 0 || log.Products.IsEmpty)
            return;
        HashSet<int> codes = [.. tests];
        (long rows, double money) = (0, 0);
        for (int row = 0; row < log.RowCount; row++)
            if (codes.Contains(log.Products[row]))
                (rows, money) = (rows + 1, money + log.Amounts[row]);
        findings.Add(new Finding("test-orders", Severity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows are of products such as '{log.ProductNames[tests[0]]}', with {money:N2} of money: test orders."),
            "Leave them out with --where or --drop."));
    }

    private static bool IsTest(string name)
    {
        string plain = name.Trim().ToLowerInvariant();
        return plain is "test" or "testing" or "test product" or "test item" or "test order" or "testprodukt" or "testartikel" or "dummy" || plain.StartsWith("test0", StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] RowsOfDays(TransactionLog log)
    {
        long[] rows = new long[log.LastDay.DayNumber - log.FirstDay.DayNumber + 1];
        foreach (ushort day in log.Days)
            rows[day]++;
        return rows;
    }

    private static string CustomerOf(TransactionLog log, int row)
    {
        int at = log.Offsets.Span.BinarySearch(row);
        return log.Customers[at >= 0 ? LastStarting(log, at) : ~at - 1];
    }

    /// <summary>Of customers without rows that start at the same place, the one that has the row.</summary>
    private static int LastStarting(TransactionLog log, int at)
    {
        while (at + 1 < log.CustomerCount && log.Offsets.Span[at + 1] == log.Offsets.Span[at])
            at++;
        return at;
    }

    private static int MonthOf(DateOnly day) => day.Year * 12 + day.Month;

    private static string Month(int month) => string.Create(CultureInfo.InvariantCulture, $"{(month - 1) / 12:D4}-{(month - 1) % 12 + 1:D2}");
}
