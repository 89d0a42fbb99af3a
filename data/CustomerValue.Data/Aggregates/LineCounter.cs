using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>Gathers what only the rows know: orders, optional columns, distinct products, levels of channels and categories. One per thread.</summary>
internal sealed class LineCounter
{
    private readonly TransactionLog _log;
    private readonly AggregationPlan _plan;

    // A code was seen in the round in which its stamp was last set: nothing is cleared between customers or windows.
    private readonly int[] _orderStamps, _productStamps, _categoryStamps, _channelStamps;
    private readonly double[] _categoryMoney, _channelMoney;
    private int _round;
    private bool _quantityKnown, _discountKnown, _marginKnown, _productKnown, _categoryKnown, _channelKnown;

    public LineCounter(TransactionLog log, AggregationPlan plan)
    {
        _log = log;
        _plan = plan;
        _orderStamps = new int[OrderCount(log)];
        _productStamps = new int[log.ProductNames.Count];
        _categoryStamps = new int[log.CategoryNames.Count];
        _channelStamps = new int[log.ChannelNames.Count];
        _categoryMoney = new double[plan.CategoryLevelCount];
        _channelMoney = new double[plan.ChannelLevelCount];
    }

    /// <summary>Orders that a day may have; for a small log only as many as its rows, which are soon looked at.</summary>
    private static int OrderCount(TransactionLog log) => log.Orders.IsEmpty ? 0 : Math.Min(log.RowCount, ushort.MaxValue + 1);

    /// <summary>Finds out what is known at all about a customer.</summary>
    public void Start(DayLedger ledger)
    {
        int from = ledger.RowStart[0], to = ledger.RowStart[ledger.Count];
        _quantityKnown = AnyNumber(_log.Quantities, from, to);
        _discountKnown = AnyNumber(_log.Discounts, from, to);
        _marginKnown = AnyNumber(_log.Margins, from, to);
        _productKnown = !_log.Products.IsEmpty && _log.Products[from..to].ContainsAnyExcept(-1);
        _categoryKnown = !_log.Categories.IsEmpty && _log.Categories[from..to].ContainsAnyExcept(ushort.MaxValue);
        _channelKnown = !_log.Channels.IsEmpty && _log.Channels[from..to].ContainsAnyExcept(byte.MaxValue);
    }

    /// <summary>Gathers the days <c>[start, end)</c> of the ledger.</summary>
    public void Gather(DayLedger ledger, int start, int end, WindowParts parts, ReturnsPolicy policy, Span<double> sums)
    {
        int from = ledger.RowStart[start], to = ledger.RowStart[end];
        if ((parts & WindowParts.Orders) != 0)
            sums[AggregateSlots.Orders] = CountOrders(ledger, start, end);
        if ((parts & WindowParts.Quantity) != 0)
        {
            sums[AggregateSlots.Quantity] = _quantityKnown ? SumPurchases(_log.Quantities, from, to, 0) : double.NaN;
            sums[AggregateSlots.FirstQuantity] = _quantityKnown ? FirstQuantity(ledger, start, end) : double.NaN;
        }
        if ((parts & WindowParts.Discount) != 0)
            sums[AggregateSlots.Discount] = _discountKnown ? SumPurchases(_log.Discounts, from, to, 0) : double.NaN;
        if ((parts & WindowParts.Margin) != 0)
            sums[AggregateSlots.Margin] = _marginKnown ? MarginSum.Of(_log, ledger, start, end, policy) : double.NaN;
        if ((parts & WindowParts.Products) != 0)
            sums[AggregateSlots.Products] = _productKnown ? CountProducts(from, to) : double.NaN;
        if ((parts & WindowParts.Categories) != 0)
            sums[AggregateSlots.Categories] = _categoryKnown ? CountCategories(from, to) : double.NaN;
        if ((parts & (WindowParts.Channels | WindowParts.ChannelCounts)) != 0)
            CountChannels(from, to, sums);
        if ((parts & (WindowParts.FirstCategory | WindowParts.FirstChannel)) != 0)
            FindFirstLevels(ledger, start, end, sums);
    }

    private static bool AnyNumber(ReadOnlySpan<float> values, int from, int to)
    {
        if (values.IsEmpty)
            return false;
        for (int row = from; row < to; row++)
            if (!float.IsNaN(values[row]))
                return true;
        return false;
    }

    private double SumPurchases(ReadOnlySpan<float> values, int from, int to, double whenUnknown)
    {
        ReadOnlySpan<double> amounts = _log.Amounts;
        double sum = 0;
        bool known = false;
        for (int row = from; row < to; row++)
            if (amounts[row] >= 0 && !float.IsNaN(values[row]))
            {
                sum += values[row];
                known = true;
            }
        return known ? sum : whenUnknown;
    }

    private double FirstQuantity(DayLedger ledger, int start, int end)
    {
        int first = FirstPurchase(ledger, start, end);
        return first < 0 ? double.NaN : SumPurchases(_log.Quantities, ledger.RowStart[first], ledger.RowStart[first + 1], double.NaN);
    }

    private int CountOrders(DayLedger ledger, int start, int end)
    {
        ReadOnlySpan<ushort> orders = _log.Orders;
        ReadOnlySpan<double> amounts = _log.Amounts;
        int count = 0;
        for (int d = start; d < end; d++)
        {
            if (orders.IsEmpty || ledger.Lines[d] <= 1)
            {
                count += Math.Min(1, ledger.Lines[d]);
                continue;
            }
            _round++;
            for (int row = ledger.RowStart[d]; row < ledger.RowStart[d + 1]; row++)
                if (amounts[row] >= 0 && _orderStamps[orders[row]] != _round)
                {
                    _orderStamps[orders[row]] = _round;
                    count++;
                }
        }
        return count;
    }

    private int CountProducts(int from, int to)
    {
        ReadOnlySpan<int> products = _log.Products;
        ReadOnlySpan<double> amounts = _log.Amounts;
        int count = 0;
        _round++;
        for (int row = from; row < to; row++)
            if (products[row] is >= 0 and int product && amounts[row] >= 0 && _productStamps[product] != _round)
            {
                _productStamps[product] = _round;
                count++;
            }
        return count;
    }

    private int CountCategories(int from, int to)
    {
        ReadOnlySpan<ushort> categories = _log.Categories;
        ReadOnlySpan<double> amounts = _log.Amounts;
        int count = 0;
        _round++;
        for (int row = from; row < to; row++)
            if (categories[row] != ushort.MaxValue && amounts[row] >= 0 && _categoryStamps[categories[row]] != _round)
            {
                _categoryStamps[categories[row]] = _round;
                count++;
            }
        return count;
    }

    private void CountChannels(int from, int to, Span<double> sums)
    {
        Span<double> counts = sums[AggregateSlots.ChannelCounts..];
        if (!_channelKnown)
        {
            sums[AggregateSlots.Channels] = double.NaN;
            counts.Fill(double.NaN);
            return;
        }
        counts.Clear();
        ReadOnlySpan<byte> channels = _log.Channels;
        ReadOnlySpan<double> amounts = _log.Amounts;
        int distinct = 0;
        _round++;
        for (int row = from; row < to; row++)
        {
            int channel = channels[row];
            if (channel == byte.MaxValue || amounts[row] < 0)
                continue;
            if (_channelStamps[channel] != _round)
            {
                _channelStamps[channel] = _round;
                distinct++;
            }
            int level = _plan.ChannelLevels[channel];
            if (level >= 0)
                counts[level]++;
        }
        sums[AggregateSlots.Channels] = distinct;
    }

    private void FindFirstLevels(DayLedger ledger, int start, int end, Span<double> sums)
    {
        sums[AggregateSlots.FirstCategory] = double.NaN;
        sums[AggregateSlots.FirstChannel] = double.NaN;
        int first = FirstPurchase(ledger, start, end);
        if (first < 0)
            return;
        // Money below zero marks a level that was not seen: a free line has its level too.
        Array.Fill(_categoryMoney, -1);
        Array.Fill(_channelMoney, -1);
        ReadOnlySpan<double> amounts = _log.Amounts;
        for (int row = ledger.RowStart[first]; row < ledger.RowStart[first + 1]; row++)
        {
            if (amounts[row] < 0)
                continue;
            if (!_log.Categories.IsEmpty && _log.Categories[row] != ushort.MaxValue)
                AddMoney(_categoryMoney, _plan.CategoryLevels[_log.Categories[row]], amounts[row]);
            if (!_log.Channels.IsEmpty && _log.Channels[row] != byte.MaxValue)
                AddMoney(_channelMoney, _plan.ChannelLevels[_log.Channels[row]], amounts[row]);
        }
        sums[AggregateSlots.FirstCategory] = Largest(_categoryMoney);
        sums[AggregateSlots.FirstChannel] = Largest(_channelMoney);
    }

    private static void AddMoney(double[] money, int level, double amount)
    {
        if (level >= 0)
            money[level] = Math.Max(0, money[level]) + amount;
    }

    private static double Largest(double[] money)
    {
        double level = double.NaN, most = -1;
        for (int i = 0; i < money.Length; i++)
            if (money[i] > most)
                (level, most) = (i, money[i]);
        return level;
    }

    private static int FirstPurchase(DayLedger ledger, int start, int end)
    {
        for (int d = start; d < end; d++)
            if (ledger.Lines[d] > 0)
                return d;
        return -1;
    }
}
