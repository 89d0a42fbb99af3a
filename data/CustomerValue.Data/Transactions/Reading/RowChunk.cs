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

    /// <summary>The parser whose codes these are.</summary>
    public int Parser { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; set; }

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

    public List<LeftOutLine> LeftOut { get; } = [];

    public List<RowProblem> Problems { get; } = [];

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
