using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>What a whole log gives cause to doubt: its money, its days, its orders. A log may be shown in parts of its customers, and then gives the same.</summary>
/// <param name="lines">Lines of the files, by which amounts are sampled.</param>
internal sealed class LogDoubts(long lines)
{
    private const int FewestRows = 50, Sampled = 1 << 15;

    private readonly CustomerDoubts _customers = new();
    private readonly ExactSum _extra = new(), _testMoney = new();
    private long _rows, _testRows;
    private (double Amount, string Customer, DateOnly Day) _largest = (0, "", default);
    private int _orders, _alikeOrders;
    private DateOnly _firstDay;
    private long[] _rowsOfDays = [];
    private List<double>?[] _months = [];
    private string? _test;

    /// <summary>Looks at a part of the customers; the log's days are those of everyone.</summary>
    public void Add(TransactionLog log)
    {
        _customers.Add(log);
        _rows += log.RowCount;
        LookForLargest(log);
        LookForRepeatedTotals(log);
        CountDays(log);
        Sample(log);
        LookForTests(log);
    }

    /// <param name="purchases">Money of all rows with a positive amount.</param>
    /// <param name="findings">Takes the doubts.</param>
    public void Tell(double purchases, List<Finding> findings)
    {
        _customers.Tell(findings);
        if (_rows < FewestRows)
            return;
        TellOneRow(purchases, findings);
        TellRepeatedTotals(findings);
        TellMissingDays(findings);
        TellLevelJump(findings);
        TellTests(findings);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookForLargest(TransactionLog log)
    {
        double largest = 0;
        int at = 0;
        ReadOnlySpan<double> amounts = log.Amounts;
        for (int row = 0; row < amounts.Length; row++)
            if (amounts[row] > largest)
                (largest, at) = (amounts[row], row);
        if (largest == 0 || largest < _largest.Amount)
            return;
        string customer = CustomerOf(log, at);
        if (largest > _largest.Amount || string.CompareOrdinal(customer, _largest.Customer) < 0)
            _largest = (largest, customer, log.FirstDay.AddDays(log.Days[at]));
    }

    private void TellOneRow(double purchases, List<Finding> findings)
    {
        const double Most = 0.5;
        if (_largest.Amount > Most * purchases)
            findings.Add(new Finding("one-row-of-money", Severity.Error,
                string.Create(CultureInfo.InvariantCulture, $"One row, of customer {_largest.Customer} on {_largest.Day:yyyy-MM-dd}, holds {_largest.Amount:N2} of {purchases:N2}, {_largest.Amount / purchases:P0} of all money."),
                "Check it: a decimal point may be missing. Leave it out with --where if it is wrong."));
    }

    /// <summary>Lines of one order that all hold the same amount.</summary>
    private void LookForRepeatedTotals(TransactionLog log)
    {
        if (log.Orders.IsEmpty)
            return;
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
                            _orders++;
                            _alikeOrders += same && amount != 0 ? 1 : 0;
                            if (same)
                                _extra.Add((lines - 1) * amount);
                        }
                }
                row = end;
            }
    }

    private void TellRepeatedTotals(List<Finding> findings)
    {
        const double MostOrders = 0.9;
        const int FewestOrders = 10;
        if (_orders >= FewestOrders && _alikeOrders >= MostOrders * _orders)
            findings.Add(new Finding("order-total-repeated", Severity.Error,
                string.Create(CultureInfo.InvariantCulture, $"In {_alikeOrders:N0} of {_orders:N0} orders of several lines every line has the same amount: the total of the order may stand on each line, which would count {_extra.ToDouble():N2} too much."),
                "Map the amount of the line, such as --map amount=Quantity*UnitPrice, or export one row an order."));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountDays(TransactionLog log)
    {
        if (_rowsOfDays.Length == 0)
            (_firstDay, _rowsOfDays) = (log.FirstDay, new long[log.LastDay.DayNumber - log.FirstDay.DayNumber + 1]);
        long[] rows = _rowsOfDays;
        foreach (ushort day in log.Days)
            rows[day]++;
    }

    private void TellMissingDays(List<Finding> findings)
    {
        const int Week = 7;
        const double RowsADay = 3;
        long[] rows = _rowsOfDays;
        int active = rows.Count(count => count > 0);
        // A week without a row is no chance where days have several.
        if (rows.Length < 8 * Week || _rows < RowsADay * active || active < rows.Length / 2)
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
                $"{gaps.Sum(gap => gap.Last - gap.First + 1):N0} days in a row or more have no transaction at all: {string.Join(", ", gaps.Take(4).Select(gap => $"{_firstDay.AddDays(gap.First):yyyy-MM-dd} to {_firstDay.AddDays(gap.Last):yyyy-MM-dd}"))}. An export may have lost them.",
                "Export those days again, unless the shop was closed."));
    }

    /// <summary>Takes every so manieth amount of each customer, the first by a hash of the id: the same rows whoever else is in the log.</summary>
    private void Sample(TransactionLog log)
    {
        int firstMonth = MonthOf(log.FirstDay);
        if (_months.Length == 0)
            _months = new List<double>?[MonthOf(log.LastDay) - firstMonth + 1];
        // An odd step, so that the sample does not beat with the rhythm of customers.
        int step = lines <= Sampled ? 1 : (int)Math.Min(lines / Sampled | 1, int.MaxValue);
        ReadOnlySpan<double> all = log.Amounts;
        ReadOnlySpan<ushort> days = log.Days;
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (long row = offsets[customer] + (step == 1 ? 0 : (long)(LogSample.Hash(log.Customers[customer]) % (ulong)step)); row < offsets[customer + 1]; row += step)
                if (all[(int)row] > 0)
                    (_months[MonthOf(log.FirstDay.AddDays(days[(int)row])) - firstMonth] ??= []).Add(all[(int)row]);
    }

    /// <summary>A month whose usual amount is about a hundred times that of the month before.</summary>
    private void TellLevelJump(List<Finding> findings)
    {
        const double Least = 50, Most = 200;
        const int FewestOfMonth = 20;
        List<(int Month, double Median)> medians = [];
        for (int month = 0; month < _months.Length; month++)
            if (_months[month] is { Count: >= FewestOfMonth } amounts)
            {
                amounts.Sort();
                medians.Add((MonthOf(_firstDay) + month, amounts[amounts.Count / 2]));
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

    private void LookForTests(TransactionLog log)
    {
        int[] tests = [.. Enumerable.Range(0, log.ProductNames.Count).Where(code => IsTest(log.ProductNames[code]))];
        if (tests.Length == 0 || log.Products.IsEmpty)
            return;
        _test ??= log.ProductNames[tests[0]];
        HashSet<int> codes = [.. tests];
        for (int row = 0; row < log.RowCount; row++)
            if (codes.Contains(log.Products[row]))
            {
                _testRows++;
                _testMoney.Add(log.Amounts[row]);
            }
    }

    private void TellTests(List<Finding> findings)
    {
        if (_test is null)
            return;
        findings.Add(new Finding("test-orders", Severity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"{_testRows:N0} rows are of products such as '{_test}', with {_testMoney.ToDouble():N2} of money: test orders."),
            "Leave them out with --where or --drop."));
    }

    private static bool IsTest(string name)
    {
        string plain = name.Trim().ToLowerInvariant();
        return plain is "test" or "testing" or "test product" or "test item" or "test order" or "testprodukt" or "testartikel" or "dummy" || plain.StartsWith("test0", StringComparison.Ordinal);
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
