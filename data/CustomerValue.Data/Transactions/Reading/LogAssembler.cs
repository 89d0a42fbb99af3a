using System.Numerics;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Sorts parsed chunks into a log.</summary>
/// <remarks>
/// A radix sort in two steps, made for files in any order of customers. Customers are cut into buckets whose rows fit the cache; each chunk is grouped by
/// bucket while it lies in the cache; then each bucket gathers its piece of every chunk, in the order of the files, and is sorted by customer and day.
/// No step writes at random over the whole log, and buckets have nothing to do with threads, so the result does not depend on their number.
/// </remarks>
internal static class LogAssembler
{
    private const int RowsOfBucket = 1 << 16, MostBuckets = 1024;

    /// <summary>Builds the log.</summary>
    /// <param name="parsed">The rows; the list is emptied.</param>
    /// <param name="parsers">The names of each thread.</param>
    /// <param name="plans">The columns of the files that have usable rows, of whomever.</param>
    /// <param name="firstDay">First day of everyone.</param>
    /// <param name="lastDay">Last day of everyone.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="BadDataException">The days span more than a log can hold, or there are too many rows, categories or channels.</exception>
    public static (TransactionLog Log, LogCounts Counts, ExactSum Purchases, ExactSum Returns) Assemble(
        List<RowChunk> parsed, ParserNames[] parsers, IReadOnlyList<ColumnPlan> plans, int firstDay, int lastDay, int threads, CancellationToken cancellation)
    {
        RowChunk[] chunks = [.. parsed];
        parsed.Clear();
        if (lastDay - firstDay > ushort.MaxValue)
            throw new BadDataException($"The dates run from {DateOnly.FromDayNumber(firstDay):yyyy-MM-dd} to {DateOnly.FromDayNumber(lastDay):yyyy-MM-dd}, expected at most {ushort.MaxValue:N0} days (179 years); look for mistyped years.");
        LogNames names = new(parsers, threads, cancellation);

        int customers = names.Customers.Count;
        int shift = BucketShift(customers, chunks.Sum(chunk => (long)chunk.Count)), buckets = ((customers - 1) >> shift) + 1;
        ChunkSorter?[] sorters = new ChunkSorter?[threads];
        Workers.Share(threads, chunks.Length, cancellation, (worker, chunk) => (sorters[worker] ??= new ChunkSorter(names, shift, buckets)).Sort(chunks[chunk]));

        int[] starts = BucketStarts(chunks, buckets), offsets = new int[customers + 1];
        offsets[^1] = starts[^1];
        TransactionColumns columns = Columns(plans, starts[^1], names);
        LogCounts[] counts = new LogCounts[buckets];
        BucketAssembler?[] assemblers = new BucketAssembler?[threads];
        Workers.Share(threads, buckets, cancellation, (worker, bucket) =>
            counts[bucket] = (assemblers[worker] ??= new BucketAssembler(chunks, columns, offsets, firstDay, shift)).Fill(bucket, starts[bucket], starts[bucket + 1]));

        LogCounts total = default;
        foreach (LogCounts part in counts)
            total.Add(part);
        (ExactSum purchases, ExactSum returns) = (new(), new());
        foreach (BucketAssembler assembler in assemblers.OfType<BucketAssembler>())
        {
            purchases.Add(assembler.Money.Purchases);
            returns.Add(assembler.Money.Returns);
        }
        return (new TransactionLog(names.Customers, offsets, DateOnly.FromDayNumber(firstDay), DateOnly.FromDayNumber(lastDay), columns), total, purchases, returns);
    }

    /// <summary>Binary logarithm of the customers of a bucket: about 65,536 rows, and no more than 1,024 buckets.</summary>
    private static int BucketShift(int customers, long rows)
    {
        long wanted = Math.Max(1, (long)customers * RowsOfBucket / Math.Max(1, rows));
        int shift = BitOperations.Log2((ulong)Math.Min(wanted, customers));
        while ((customers - 1) >> shift >= MostBuckets)
            shift++;
        return shift;
    }

    private static int[] BucketStarts(RowChunk[] chunks, int buckets)
    {
        int[] starts = new int[buckets + 1];
        long rows = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            starts[bucket] = (int)rows;
            foreach (RowChunk chunk in chunks)
                rows += chunk.BucketEnds[bucket] - (bucket == 0 ? 0 : chunk.BucketEnds[bucket - 1]);
            if (rows > Array.MaxLength)
                throw new BadDataException($"Found more than {Array.MaxLength:N0} rows, expected fewer; split the files by customer.");
        }
        starts[^1] = (int)rows;
        return starts;
    }

    private static TransactionColumns Columns(IReadOnlyList<ColumnPlan> plans, int rows, LogNames names)
    {
        return new TransactionColumns
        {
            Days = GC.AllocateUninitializedArray<ushort>(rows),
            Amounts = GC.AllocateUninitializedArray<double>(rows),
            Orders = Column<ushort>(plan => plan.Held(ColumnRole.Order) >= 0),
            Quantities = Column<float>(plan => plan.Held(ColumnRole.Quantity) >= 0),
            Products = Column<int>(plan => plan.Held(ColumnRole.Product) >= 0),
            Categories = Column<ushort>(plan => plan.Held(ColumnRole.Category) >= 0),
            Channels = Column<byte>(plan => plan.Held(ColumnRole.Channel) >= 0),
            Discounts = Column<float>(plan => plan.Held(ColumnRole.Discount) >= 0),
            Margins = Column<float>(plan => plan.Held(ColumnRole.Margin) >= 0 || plan.Held(ColumnRole.UnitCost) >= 0),
            ProductNames = names.Products,
            CategoryNames = names.Categories,
            ChannelNames = names.Channels,
        };

        T[] Column<T>(Func<ColumnPlan, bool> present) => plans.Any(present) ? GC.AllocateUninitializedArray<T>(rows) : [];
    }
}
