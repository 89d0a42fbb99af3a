using System.Runtime.CompilerServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Numbers the orders of a customer's days and counts, once the rows are sorted by day. One a thread.</summary>
internal sealed class CustomerCounter(TransactionColumns columns)
{
    private const int Few = 16;

    private readonly Dictionary<ulong, (ushort Ordinal, bool Purchase, bool Paid)> _orders = [];
    private readonly HashSet<RowKey> _rows = [];

    /// <summary>Money of all rows with a positive amount.</summary>
    public ExactSum Purchases { get; } = new();

    /// <summary>Money of all rows with a negative amount.</summary>
    public ExactSum Returns { get; } = new();

    /// <summary>Numbers and counts the rows of one customer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Count(int start, int end, ReadOnlySpan<ulong> orderIds, ref LogCounts counts)
    {
        int purchases = 0, paid = 0;
        for (int first = start, last; first < end; first = last)
        {
            last = first + 1;
            while (last < end && columns.Days[last] == columns.Days[first])
                last++;
            int purchasesToday = 0, paidToday = 0;
            for (int row = first; row < last; row++)
            {
                double amount = columns.Amounts[row];
                if (amount > 0)
                {
                    paidToday++;
                    purchasesToday++;
                    Purchases.Add(amount);
                }
                else if (amount < 0)
                {
                    counts.ReturnRows++;
                    Returns.Add(amount);
                }
                else
                {
                    purchasesToday++;
                    counts.ZeroRows++;
                }
            }
            counts.Purchases.CustomerDays += purchasesToday > 0 ? 1 : 0;
            counts.Paid.CustomerDays += paidToday > 0 ? 1 : 0;
            purchases += purchasesToday;
            paid += paidToday;
            if (orderIds.Length > 0)
                NumberOrders(first, orderIds[(first - start)..(last - start)], ref counts);
            if (last - first > 1)
                counts.RepeatedRows += CountRepeats(first, last);
        }
        counts.Purchases.Rows += purchases;
        counts.Purchases.Customers += purchases > 0 ? 1 : 0;
        counts.Paid.Rows += paid;
        counts.Paid.Customers += paid > 0 ? 1 : 0;
    }

    /// <summary>Orders of a day are numbered in the order of their first lines; from the 65,535th on they share a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NumberOrders(int first, ReadOnlySpan<ulong> ids, ref LogCounts counts)
    {
        if (ids.Length == 1)
        {
            columns.Orders[first] = 0;
            counts.Purchases.Orders += columns.Amounts[first] >= 0 ? 1 : 0;
            counts.Paid.Orders += columns.Amounts[first] > 0 ? 1 : 0;
            return;
        }
        _orders.Clear();
        for (int i = 0; i < ids.Length; i++)
        {
            int row = first + i;
            if (!_orders.TryGetValue(ids[i], out (ushort Ordinal, bool Purchase, bool Paid) order))
                order.Ordinal = (ushort)Math.Min(_orders.Count, ushort.MaxValue);
            bool purchase = columns.Amounts[row] >= 0, paid = columns.Amounts[row] > 0;
            counts.Purchases.Orders += purchase && !order.Purchase ? 1 : 0;
            counts.Paid.Orders += paid && !order.Paid ? 1 : 0;
            _orders[ids[i]] = (order.Ordinal, order.Purchase || purchase, order.Paid || paid);
            columns.Orders[row] = order.Ordinal;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountRepeats(int first, int last)
    {
        if (last - first <= Few)
            return CountRepeatsOfFew(first, last);
        _rows.Clear();
        for (int row = first; row < last; row++)
            _rows.Add(KeyOf(row));
        return last - first - _rows.Count;
    }

    /// <summary>Each row is held against those before it; amounts differ as a rule, so that is one comparison of numbers a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountRepeatsOfFew(int first, int last)
    {
        double[] amounts = columns.Amounts;
        int repeats = 0;
        for (int row = first + 1; row < last; row++)
            for (int before = first; before < row; before++)
                if (amounts[before] == amounts[row] && KeyOf(before) == KeyOf(row))
                {
                    repeats++;
                    break;
                }
        return repeats;
    }

    private RowKey KeyOf(int row) => new()
    {
        Amount = columns.Amounts[row],
        Order = At(columns.Orders, row),
        Product = At(columns.Products, row),
        Quantity = At(columns.Quantities, row),
        Category = At(columns.Categories, row),
        Channel = At(columns.Channels, row),
        Discount = At(columns.Discounts, row),
        Margin = At(columns.Margins, row),
    };

    private static T At<T>(T[] column, int row) where T : struct => column.Length == 0 ? default : column[row];

    private readonly record struct RowKey
    {
        public required double Amount { get; init; }

        public required ushort Order { get; init; }

        public required int Product { get; init; }

        public required float Quantity { get; init; }

        public required ushort Category { get; init; }

        public required byte Channel { get; init; }

        public required float Discount { get; init; }

        public required float Margin { get; init; }
    }
}
