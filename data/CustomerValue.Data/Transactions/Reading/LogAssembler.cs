using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Sorts parsed chunks into a log: a counting sort by customer, then each customer's rows by day.</summary>
/// <remarks>
/// Chunks are taken in as many contiguous groups as there are threads. Each group counts its rows by customer; sums of those counts give every group its own
/// place within each customer, so groups are scattered at the same time without meeting, and the order of the lines is kept whatever the number of threads.
/// </remarks>
internal sealed class LogAssembler
{
    private const int CustomersAtOnce = 4096, MostGroups = 8;

    private readonly RowChunk?[] _chunks;
    private readonly int[][] _customerCodes, _productCodes, _categoryCodes, _channelCodes;
    private readonly NameTable _customers;
    private readonly int _threads;
    private readonly CancellationToken _cancellation;
    private readonly int _firstDay, _lastDay;
    private readonly int[] _offsets;
    private readonly int[][] _places;
    private readonly TransactionColumns _columns;
    private readonly ulong[] _orderIds;

    private LogAssembler(List<RowChunk> chunks, ParserNames[] names, int threads, CancellationToken cancellation)
    {
        _chunks = [.. chunks];
        _threads = threads;
        _cancellation = cancellation;
        (_customers, _customerCodes) = Merge(names, part => part.Customers);
        (NameTable products, _productCodes) = Merge(names, part => part.Products);
        (NameTable categories, _categoryCodes) = Merge(names, part => part.Categories);
        (NameTable channels, _channelCodes) = Merge(names, part => part.Channels);
        Limit("category", categories, RowParser.MostCategories);
        Limit("channel", channels, RowParser.MostChannels);

        _firstDay = chunks.Min(chunk => chunk.FirstDay);
        _lastDay = chunks.Max(chunk => chunk.LastDay);
        if (_lastDay - _firstDay > ushort.MaxValue)
            throw new BadDataException($"The dates run from {DateOnly.FromDayNumber(_firstDay):yyyy-MM-dd} to {DateOnly.FromDayNumber(_lastDay):yyyy-MM-dd}, expected at most {ushort.MaxValue:N0} days (179 years); look for mistyped years.");

        _places = CountByGroup();
        _offsets = SumCounts();
        int rows = _offsets[^1];
        _orderIds = Column<ulong>(chunk => chunk.Orders.Length > 0, rows);
        _columns = new TransactionColumns
        {
            Days = GC.AllocateUninitializedArray<ushort>(rows),
            Amounts = GC.AllocateUninitializedArray<double>(rows),
            Orders = Column<ushort>(chunk => chunk.Orders.Length > 0, rows),
            Quantities = Column<float>(chunk => chunk.Quantities.Length > 0, rows),
            Products = Column<int>(chunk => chunk.Products.Length > 0, rows),
            Categories = Column<ushort>(chunk => chunk.Categories.Length > 0, rows),
            Channels = Column<byte>(chunk => chunk.Channels.Length > 0, rows),
            Discounts = Column<float>(chunk => chunk.Discounts.Length > 0, rows),
            Margins = Column<float>(chunk => chunk.Margins.Length > 0, rows),
            ProductNames = products,
            CategoryNames = categories,
            ChannelNames = channels,
        };
    }

    /// <summary>Builds the log; there is at least one row.</summary>
    public static (TransactionLog Log, LogCounts Counts) Assemble(List<RowChunk> chunks, ParserNames[] names, int threads, CancellationToken cancellation)
    {
        LogAssembler assembler = new(chunks, names, threads, cancellation);
        chunks.Clear();
        Workers.Share(threads, assembler._places.Length, cancellation, (_, group) => assembler.Scatter(group));
        LogCounts counts = assembler.SortAndCount();
        TransactionLog log = new(
            assembler._customers, assembler._offsets, DateOnly.FromDayNumber(assembler._firstDay), DateOnly.FromDayNumber(assembler._lastDay), assembler._columns);
        return (log, counts);
    }

    private (NameTable Names, int[][] Codes) Merge(ParserNames[] names, Func<ParserNames, NameCollector> select) =>
        NameMerger.Merge(Array.ConvertAll(names, part => select(part)), _threads, _cancellation);

    private static void Limit(string column, NameTable names, int most)
    {
        if (names.Count > most)
            throw RowParser.TooMany("All files together", column, most);
    }

    private T[] Column<T>(Predicate<RowChunk> present, int rows) =>
        Array.Exists(_chunks, chunk => present(chunk!)) ? GC.AllocateUninitializedArray<T>(rows) : [];

    private (int First, int End) ChunksOf(int group, int groups) =>
        ((int)((long)_chunks.Length * group / groups), (int)((long)_chunks.Length * (group + 1) / groups));

    /// <summary>Replaces the customer codes of the threads by those of the log and counts the rows of each customer in each group of chunks.</summary>
    private int[][] CountByGroup()
    {
        int[][] counts = new int[Math.Min(_threads, MostGroups)][];
        Workers.Share(_threads, counts.Length, _cancellation, (_, group) =>
        {
            int[] count = counts[group] = new int[_customers.Count];
            (int first, int end) = ChunksOf(group, counts.Length);
            for (int index = first; index < end; index++)
            {
                RowChunk chunk = _chunks[index]!;
                int[] codes = _customerCodes[chunk.Parser];
                foreach (ref int customer in chunk.Customers.AsSpan(0, chunk.Count))
                    if (customer >= 0)
                        count[customer = codes[customer]]++;
            }
        });
        return counts;
    }

    /// <summary>First row of each customer; the counts become the first row of each customer in each group.</summary>
    private int[] SumCounts()
    {
        int[] offsets = new int[_customers.Count + 1];
        long row = 0;
        for (int customer = 0; customer < _customers.Count; customer++)
        {
            offsets[customer] = (int)row;
            foreach (int[] group in _places)
            {
                int count = group[customer];
                group[customer] = (int)row;
                row += count;
            }
            if (row > Array.MaxLength)
                throw new BadDataException($"Found more than {Array.MaxLength:N0} rows, expected fewer; split the files by customer.");
        }
        offsets[^1] = (int)row;
        return offsets;
    }

    private void Scatter(int group)
    {
        int[] places = _places[group];
        (int first, int end) = ChunksOf(group, _places.Length);
        for (int index = first; index < end; index++)
        {
            _cancellation.ThrowIfCancellationRequested();
            RowChunk chunk = _chunks[index]!;
            ReadOnlySpan<int> customers = chunk.Customers.AsSpan(0, chunk.Count);
            for (int row = 0; row < customers.Length; row++)
            {
                int customer = customers[row];
                if (customer < 0)
                    continue;
                int place = places[customer]++;
                // The place stands in for the customer while the optional columns follow.
                chunk.Customers[row] = place;
                _columns.Days[place] = (ushort)(chunk.Days[row] - _firstDay);
                _columns.Amounts[place] = chunk.Amounts[row];
            }
            ScatterOptional(chunk);
            _chunks[index] = null;
        }
    }

    private void ScatterOptional(RowChunk chunk)
    {
        Scatter(chunk, chunk.Orders, _orderIds, 0UL);
        Scatter(chunk, chunk.Quantities, _columns.Quantities, float.NaN);
        Scatter(chunk, chunk.Discounts, _columns.Discounts, float.NaN);
        Scatter(chunk, chunk.Margins, _columns.Margins, float.NaN);
        Translate(chunk.Products, _productCodes[chunk.Parser]);
        Scatter(chunk, chunk.Products, _columns.Products, -1);
        Translate(chunk.Categories, _categoryCodes[chunk.Parser]);
        Scatter(chunk, chunk.Categories, _columns.Categories, ushort.MaxValue);
        Translate(chunk.Channels, _channelCodes[chunk.Parser]);
        Scatter(chunk, chunk.Channels, _columns.Channels, byte.MaxValue);
    }

    private static void Scatter<T>(RowChunk chunk, T[] source, T[] target, T absent)
    {
        if (target.Length == 0)
            return;
        ReadOnlySpan<int> places = chunk.Customers.AsSpan(0, chunk.Count);
        for (int row = 0; row < places.Length; row++)
            if (places[row] >= 0)
                target[places[row]] = source.Length == 0 ? absent : source[row];
    }

    private static void Translate(Span<int> column, int[] codes)
    {
        foreach (ref int code in column)
            if ((uint)code < (uint)codes.Length)
                code = codes[code];
    }

    private static void Translate(Span<ushort> column, int[] codes)
    {
        foreach (ref ushort code in column)
            if (code < codes.Length)
                code = (ushort)codes[code];
    }

    private static void Translate(Span<byte> column, int[] codes)
    {
        foreach (ref byte code in column)
            if (code < codes.Length)
                code = (byte)codes[code];
    }

    private LogCounts SortAndCount()
    {
        LogCounts[] parts = new LogCounts[(_customers.Count + CustomersAtOnce - 1) / CustomersAtOnce];
        (CustomerSorter Sorter, CustomerCounter Counter)?[] tools = new (CustomerSorter, CustomerCounter)?[_threads];
        Workers.Share(_threads, parts.Length, _cancellation, (worker, part) =>
        {
            (CustomerSorter sorter, CustomerCounter counter) = tools[worker] ??= (new CustomerSorter(_columns, _orderIds), new CustomerCounter(_columns, _orderIds));
            LogCounts counts = default;
            for (int customer = part * CustomersAtOnce; customer < Math.Min(_customers.Count, (part + 1) * CustomersAtOnce); customer++)
            {
                sorter.Sort(_offsets[customer], _offsets[customer + 1]);
                counter.Count(_offsets[customer], _offsets[customer + 1], ref counts);
            }
            parts[part] = counts;
        });
        LogCounts total = default;
        foreach (LogCounts part in parts)
            total.Add(part);
        return total;
    }
}
