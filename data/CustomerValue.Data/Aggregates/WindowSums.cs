using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>Gathers one customer's numbers for every window of a plan; one per thread.</summary>
/// <remarks><see cref="Values"/> holds the windows one after the other, <see cref="AggregateLayout.SlotCount"/> numbers each.</remarks>
internal sealed class WindowSums(TransactionLog log, AggregationPlan plan, ReturnsPolicy policy)
{
    private readonly LineCounter _lines = new(log, plan);

    /// <summary>Numbers of the customer last gathered.</summary>
    public double[] Values { get; } = new double[plan.Windows.Length * plan.Layout.SlotCount];

    public void Gather(DayLedger ledger)
    {
        _lines.Start(ledger);
        for (int w = 0; w < plan.Windows.Length; w++)
        {
            (int from, int to) = plan.Windows[w];
            int start = LowerBound(ledger, from), end = LowerBound(ledger, to);
            Span<double> sums = Values.AsSpan(w * plan.Layout.SlotCount, plan.Layout.SlotCount);
            WindowParts parts = plan.Layout.Parts[w];
            GatherDays(ledger, start, end, sums);
            if ((parts & ~WindowParts.Days) == 0)
                continue;
            if ((parts & (WindowParts.Months | WindowParts.Weekdays)) != 0)
                GatherCalendar(ledger, start, end, sums);
            _lines.Gather(ledger, start, end, parts, policy, sums);
        }
    }

    private void GatherDays(DayLedger ledger, int start, int end, Span<double> sums)
    {
        double spend = 0, squares = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, repeat = 0, gross = 0, returned = 0;
        double gapSum = 0, gapSquares = 0;
        int days = 0, lines = 0, returnLines = 0, gaps = 0, gapMin = int.MaxValue, gapMax = -1, gapLast = -1, first = -1, last = -1;
        for (int d = start; d < end; d++)
        {
            double money = ledger.Spend[d];
            spend += money;
            returnLines += ledger.ReturnLines[d];
            returned += ledger.Returned[d];
            if (ledger.Lines[d] == 0)
                continue;
            days++;
            lines += ledger.Lines[d];
            gross += ledger.Gross[d];
            squares += money * money;
            min = Math.Min(min, money);
            max = Math.Max(max, money);
            last = d;
            if (first < 0)
                first = d;
            if (d == ledger.FirstPurchase)
                continue;
            repeat += money;
            int gap = ledger.Gap[d];
            gaps++;
            gapSum += gap;
            gapSquares += (double)gap * gap;
            gapMin = Math.Min(gapMin, gap);
            gapMax = Math.Max(gapMax, gap);
            gapLast = gap;
        }
        bool none = days == 0, noGap = gaps == 0;
        sums[AggregateSlots.PurchaseDays] = days;
        sums[AggregateSlots.SpendSum] = DayLedger.WithoutResidue(spend, gross);
        sums[AggregateSlots.SpendSquares] = squares;
        sums[AggregateSlots.SpendMin] = none ? double.NaN : min;
        sums[AggregateSlots.SpendMax] = none ? double.NaN : max;
        sums[AggregateSlots.RepeatSpend] = DayLedger.WithoutResidue(repeat, gross);
        sums[AggregateSlots.Gross] = gross;
        sums[AggregateSlots.Lines] = lines;
        sums[AggregateSlots.ReturnLines] = returnLines;
        sums[AggregateSlots.ReturnSum] = returned;
        sums[AggregateSlots.GapCount] = gaps;
        sums[AggregateSlots.GapSum] = gapSum;
        sums[AggregateSlots.GapSquares] = gapSquares;
        sums[AggregateSlots.GapMin] = noGap ? double.NaN : gapMin;
        sums[AggregateSlots.GapMax] = noGap ? double.NaN : gapMax;
        sums[AggregateSlots.GapLast] = noGap ? double.NaN : gapLast;
        sums[AggregateSlots.FirstDay] = none ? double.NaN : plan.FirstDayNumber + ledger.Day[first];
        sums[AggregateSlots.LastDay] = none ? double.NaN : plan.FirstDayNumber + ledger.Day[last];
        sums[AggregateSlots.FirstSpend] = none ? double.NaN : ledger.Spend[first];
        sums[AggregateSlots.LastSpend] = none ? double.NaN : ledger.Spend[last];
        sums[AggregateSlots.FirstLines] = none ? double.NaN : ledger.Lines[first];
    }

    private void GatherCalendar(DayLedger ledger, int start, int end, Span<double> sums)
    {
        Span<double> weekdays = sums.Slice(AggregateSlots.Weekdays, 7);
        weekdays.Clear();
        int months = 0, month = -1;
        for (int d = start; d < end; d++)
        {
            if (ledger.Lines[d] == 0)
                continue;
            int day = ledger.Day[d];
            // Day number 0 is a Monday.
            weekdays[(plan.FirstDayNumber + day) % 7]++;
            int dayMonth = plan.MonthOf(day);
            if (dayMonth != month)
            {
                month = dayMonth;
                months++;
            }
        }
        sums[AggregateSlots.Months] = months;
    }

    private static int LowerBound(DayLedger ledger, int day)
    {
        int low = 0, high = ledger.Count;
        int[] days = ledger.Day;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (days[middle] < day)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
