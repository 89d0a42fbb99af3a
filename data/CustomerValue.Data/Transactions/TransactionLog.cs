namespace CustomerValue.Data.Transactions;

/// <summary>All transactions of all customers: columnar, immutable, sorted by customer (ordinal order of id) and then by day.</summary>
/// <remarks>
/// Rows of customer <c>c</c> are <c>[Offsets[c], Offsets[c + 1])</c>. At most 31 bytes a row with every column present:
/// day 2, amount 8, order 2, quantity 4, product 4, category 2, channel 1, discount 4, margin 4. An absent column is an empty span.
/// </remarks>
public sealed class TransactionLog
{
    private readonly TransactionColumns _columns;

    internal TransactionLog(NameTable customers, int[] offsets, DateOnly firstDay, DateOnly lastDay, TransactionColumns columns)
    {
        Customers = customers;
        Offsets = offsets;
        FirstDay = firstDay;
        LastDay = lastDay;
        _columns = columns;
    }

    /// <summary>Customer ids in ordinal order; the code is the customer's index.</summary>
    public NameTable Customers { get; }

    /// <summary>Number of customers.</summary>
    public int CustomerCount => Customers.Count;

    /// <summary>Number of rows.</summary>
    public int RowCount => _columns.Days.Length;

    /// <summary>First row of each customer, and the row count at the end: <see cref="CustomerCount"/> + 1 entries.</summary>
    public ReadOnlyMemory<int> Offsets { get; }

    /// <summary>Day of the earliest row.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>Day of the latest row.</summary>
    public DateOnly LastDay { get; }

    /// <summary>Days since <see cref="FirstDay"/>.</summary>
    public ReadOnlySpan<ushort> Days => _columns.Days;

    /// <summary>Money of each row; negative for returns.</summary>
    public ReadOnlySpan<double> Amounts => _columns.Amounts;

    /// <summary>Ordinal of the order within the customer's day (0, 1, ...), or empty where no order id is known.</summary>
    public ReadOnlySpan<ushort> Orders => _columns.Orders;

    /// <summary>Pieces (NaN where unknown), or empty.</summary>
    public ReadOnlySpan<float> Quantities => _columns.Quantities;

    /// <summary>Code in <see cref="ProductNames"/> (-1 where unknown), or empty.</summary>
    public ReadOnlySpan<int> Products => _columns.Products;

    /// <summary>Code in <see cref="CategoryNames"/> (<see cref="ushort.MaxValue"/> where unknown), or empty.</summary>
    public ReadOnlySpan<ushort> Categories => _columns.Categories;

    /// <summary>Code in <see cref="ChannelNames"/> (<see cref="byte.MaxValue"/> where unknown), or empty.</summary>
    public ReadOnlySpan<byte> Channels => _columns.Channels;

    /// <summary>Money of discount (NaN where unknown), or empty.</summary>
    public ReadOnlySpan<float> Discounts => _columns.Discounts;

    /// <summary>Money of margin (NaN where unknown), or empty.</summary>
    public ReadOnlySpan<float> Margins => _columns.Margins;

    /// <summary>Product names by code.</summary>
    public NameTable ProductNames => _columns.ProductNames;

    /// <summary>Category names by code.</summary>
    public NameTable CategoryNames => _columns.CategoryNames;

    /// <summary>Channel names by code.</summary>
    public NameTable ChannelNames => _columns.ChannelNames;

    /// <summary>Bytes held by the rows, without the dictionaries of customers, products, categories and channels.</summary>
    public long RowBytes => _columns.Bytes;

    /// <summary>Half-open range of rows of one customer.</summary>
    public Range RowsOf(int customer) => Offsets.Span[customer]..Offsets.Span[customer + 1];

    /// <summary>About a share of the customers with all their rows, drawn by a hash of the id; the days keep their meaning.</summary>
    /// <param name="share">Above 0; 1 or more returns the log itself.</param>
    public TransactionLog Sample(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        return share >= 1 ? this : Of(LogSample.Draw(this, share));
    }

    /// <summary>All customers but some, with all their rows; the days keep their meaning. The log itself where nobody is to go.</summary>
    /// <param name="goes">Whether a customer, by the id, is to go.</param>
    public TransactionLog Without(Func<string, bool> goes)
    {
        ArgumentNullException.ThrowIfNull(goes);
        int[] stay = [.. Enumerable.Range(0, CustomerCount).Where(customer => !goes(Customers[customer]))];
        return stay.Length == CustomerCount ? this : Of(stay);
    }

    /// <summary>The log of all customers of parts of one log.</summary>
    /// <param name="parts">Parts without a common customer, as <see cref="PartedReading"/> gives them or samples of those; at least one.</param>
    /// <exception cref="ArgumentException">There is no part, or they are of several logs.</exception>
    public static TransactionLog Join(IReadOnlyList<TransactionLog> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.Any(part => part.FirstDay != parts[0].FirstDay || part.LastDay != parts[0].LastDay || !part._columns.IsLike(parts[0]._columns)))
            throw new ArgumentException("Expected at least one part, all of one log.", nameof(parts));
        if (parts.Count == 1)
            return parts[0];
        (NameTable customers, int[] offsets, TransactionColumns columns) = LogSample.Join(parts, part => part._columns);
        return new TransactionLog(customers, offsets, parts[0].FirstDay, parts[0].LastDay, columns);
    }

    private TransactionLog Of(int[] customers)
    {
        (int[] offsets, TransactionColumns columns) = LogSample.Gather(this, _columns, customers);
        return new TransactionLog(new NameTable(Array.ConvertAll(customers, customer => Customers[customer])), offsets, FirstDay, LastDay, columns);
    }

    /// <summary>Builds a log from transactions in any order; made for small histories, tests and single requests.</summary>
    public static TransactionLog From(IEnumerable<Transaction> transactions)
    {
        TransactionLogBuilder builder = new();
        foreach (Transaction transaction in transactions)
            builder.Add(transaction);
        return builder.Build();
    }
}
