namespace CustomerValue.Data.Transactions.Reading;

/// <summary>A line that is not a row of the log for a reason other than an error; kept only while several files are read, to recognise its twin.</summary>
internal readonly record struct LeftOutLine(int Day, ulong Hash, LeftOutReason Reason);

internal enum LeftOutReason
{
    NoCustomer,
    IgnoredReturn,
    IgnoredZero,
}

/// <summary>What is wrong with one line; the line counts from the start of its block.</summary>
internal readonly record struct RowProblem(int Line, RejectReason Reason, int Column, string Found, string Expected);

/// <summary>What one block of text gave: its rows in columns, in the order of the lines, and its counts.</summary>
/// <remarks>16 bytes a row for customer, day and amount, plus the optional columns that the file has; codes are those of the parser that read it.</remarks>
internal sealed class RowChunk
{
    public RowChunk(ColumnPlan plan, int parser, int capacity, bool hashed)
    {
        Parser = parser;
        Customers = GC.AllocateUninitializedArray<int>(capacity);
        Days = GC.AllocateUninitializedArray<int>(capacity);
        Amounts = GC.AllocateUninitializedArray<double>(capacity);
        Orders = Column<ulong>(plan.Held(ColumnRole.Order) >= 0);
        Quantities = Column<float>(plan.Held(ColumnRole.Quantity) >= 0);
        Products = Column<int>(plan.Held(ColumnRole.Product) >= 0);
        Categories = Column<ushort>(plan.Held(ColumnRole.Category) >= 0);
        Channels = Column<byte>(plan.Held(ColumnRole.Channel) >= 0);
        Discounts = Column<float>(plan.Held(ColumnRole.Discount) >= 0);
        Margins = Column<float>(plan.Held(ColumnRole.Margin) >= 0 || plan.Held(ColumnRole.UnitCost) >= 0);
        Hashes = Column<ulong>(hashed);

        T[] Column<T>(bool present) => present ? GC.AllocateUninitializedArray<T>(capacity) : [];
    }

    private RowChunk(RowChunk of)
    {
        Parser = of.Parser;
        (Count, Others, FirstDay, LastDay) = (of.Count, of.Others, of.FirstDay, of.LastDay);
        (Records, WithoutCustomer, IgnoredReturns, IgnoredZeros, NotChosen, PassedOver) = (of.Records, of.WithoutCustomer, of.IgnoredReturns, of.IgnoredZeros, of.NotChosen, of.PassedOver);
        Customers = Column(of.Customers);
        Days = Column(of.Days);
        Amounts = Column(of.Amounts);
        Orders = Column(of.Orders);
        Quantities = Column(of.Quantities);
        Products = Column(of.Products);
        Categories = Column(of.Categories);
        Channels = Column(of.Channels);
        Discounts = Column(of.Discounts);
        Margins = Column(of.Margins);
        Hashes = Column(of.Hashes);
        LeftOut = [.. of.LeftOut];
        Problems = [.. of.Problems];

        T[] Column<T>(T[] column) => column.Length > 0 ? column[..Count] : [];
    }

    /// <summary>The parser whose codes these are.</summary>
    public int Parser { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; set; }

    /// <summary>Rows of customers whom the share leaves out; their days are within <see cref="FirstDay"/> and <see cref="LastDay"/>.</summary>
    public int Others { get; set; }

    /// <summary>Customer codes; -1 for a row taken out as a duplicate.</summary>
    public int[] Customers { get; }

    /// <summary>Day numbers.</summary>
    public int[] Days { get; }

    public double[] Amounts { get; }

    /// <summary>Order ids of up to 8 bytes as they are, longer ones as a hash; 0 where none is given.</summary>
    public ulong[] Orders { get; }

    public float[] Quantities { get; }

    public int[] Products { get; }

    public ushort[] Categories { get; }

    public byte[] Channels { get; }

    public float[] Discounts { get; }

    public float[] Margins { get; }

    /// <summary>Hashes of the lines, where several files are read.</summary>
    public ulong[] Hashes { get; }

    /// <summary>Where the rows of each bucket of customers end, once they are grouped.</summary>
    public int[] BucketEnds { get; set; } = [];

    public List<LeftOutLine> LeftOut { get; private set; } = [];

    public List<RowProblem> Problems { get; private set; } = [];

    /// <summary>Lines of data in the block.</summary>
    public long Records { get; set; }

    public long WithoutCustomer { get; set; }

    public long IgnoredReturns { get; set; }

    public long IgnoredZeros { get; set; }

    /// <summary>Lines left out by words, currency or expression.</summary>
    public long NotChosen { get; set; }

    /// <summary>Repeated headers, totals, comments and padding.</summary>
    public long PassedOver { get; set; }

    public int FirstDay { get; set; } = int.MaxValue;

    public int LastDay { get; set; } = int.MinValue;

    /// <summary>Bytes that a row takes here and in a log, with the columns of a plan.</summary>
    public static (int Here, int InLog) BytesOfRow(ColumnPlan plan, bool hashed)
    {
        RowChunk one = new(plan, 0, 1, hashed);
        int both = one.Quantities.Length * sizeof(float) + one.Products.Length * sizeof(int) + one.Categories.Length * sizeof(ushort) + one.Channels.Length + (one.Discounts.Length + one.Margins.Length) * sizeof(float);
        return (2 * sizeof(int) + sizeof(double) + (one.Orders.Length + one.Hashes.Length) * sizeof(ulong) + both, sizeof(ushort) + sizeof(double) + one.Orders.Length * sizeof(ushort) + both);
    }

    /// <summary>Room for so many lines of another block; what the chunk held is gone.</summary>
    public bool TryReuse(int capacity)
    {
        if (Customers.Length < capacity)
            return false;
        (Count, Others, FirstDay, LastDay) = (0, 0, int.MaxValue, int.MinValue);
        (Records, WithoutCustomer, IgnoredReturns, IgnoredZeros, NotChosen, PassedOver) = (0, 0, 0, 0, 0, 0);
        (LeftOut, Problems) = ([], []);
        return true;
    }

    /// <summary>The same rows without room for more.</summary>
    public RowChunk Trimmed() => new(this);

    /// <summary>Moves the rows that stay together; the others are gone.</summary>
    public void TakeOut(Predicate<int> goes, int lastDay)
    {
        int kept = 0;
        for (int row = 0; row < Count; row++)
        {
            if (goes(row))
                continue;
            Move(Customers, row, kept);
            Move(Days, row, kept);
            Move(Amounts, row, kept);
            Move(Orders, row, kept);
            Move(Quantities, row, kept);
            Move(Products, row, kept);
            Move(Categories, row, kept);
            Move(Channels, row, kept);
            Move(Discounts, row, kept);
            Move(Margins, row, kept);
            Move(Hashes, row, kept);
            kept++;
        }
        Count = kept;
        LastDay = Math.Min(LastDay, lastDay);

        static void Move<T>(T[] column, int from, int to)
        {
            if (column.Length > 0)
                column[to] = column[from];
        }
    }
}
