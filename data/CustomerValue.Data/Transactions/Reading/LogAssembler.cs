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

    /// <summary>Builds the log; there is at least one row.</summary>
    /// <exception cref="BadDataException">The days span more than a log can hold, or there are too many rows, categories or channels.</exception>
    public static (TransactionLog Log, LogCounts Counts) Assemble(List<RowChunk> parsed, ParserNames[] parsers, int threads, CancellationToken cancellation)
    {
        RowChunk[] chunks = [.. parsed];
        parsed.Clear();
        int firstDay = chunks.Min(chunk => chunk.FirstDay), lastDay = chunks.Max(chunk => chunk.LastDay);
        if (lastDay - firstDay > ushort.MaxValue)
            throw new BadDataException($"The dates run from {DateOnly.FromDayNumber(firstDay):yyyy-MM-dd} to {DateOnly.FromDayNumber(lastDay):yyyy-MM-dd}, expected at most {ushort.MaxValue:N0} days (179 years); look for mistyped years.");
        LogNames names = new(parsers, threads, cancellation);

        int customers = names.Customers.Count;
        int shift = BucketShift(customers, chunks.Sum(chunk => (long)chunk.Count)), buckets = ((customers - 1) >> shift) + 1;
        ChunkSorter?[] sorters = new ChunkSorter?[threads];
        Workers.Share(threads, chunks.Length, cancellation, (worker, chunk) => (sorters[worker] ??= new ChunkSorter(names, shift, buckets)).Sort(chunks[chunk]));

        int[] starts = BucketStarts(chunks, buckets), offsets = new int[customers + 1];
        offsets[^1] = starts[^1];
        TransactionColumns columns = Columns(chunks, starts[^1], names);
        LogCounts[] counts = new LogCounts[buckets];
        BucketAssembler?[] assemblers = new BucketAssembler?[threads];
        Workers.Share(threads, buckets, cancellation, (worker, bucket) =>
            counts[bucket] = (assemblers[worker] ??= new BucketAssembler(chunks, columns, offsets, firstDay, shift)).Fill(bucket, starts[bucket], starts[bucket + 1]));

        LogCounts total = default;
        foreach (LogCounts part in counts)
            total.Add(part);
        return (new TransactionLog(names.Customers, offsets, DateOnly.FromDayNumber(firstDay), DateOnly.FromDayNumber(lastDay), columns), total);
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

    private static TransactionColumns Columns(RowChunk[] chunks, int rows, LogNames names)
    {
        return new TransactionColumns
        {
            Days = GC.AllocateUninitializedArray<ushort>(rows),
            Amounts = GC.AllocateUninitializedArray<double>(rows),
            Orders = Column<ushort>(chunk => chunk.Orders.Length > 0),
            Quantities = Column<float>(chunk => chunk.Quantities.Length > 0),
            Products = Column<int>(chunk => chunk.Products.Length > 0),
            Categories = Column<ushort>(chunk => chunk.Categories.Length > 0),
            Channels = Column<byte>(chunk => chunk.Channels.Length > 0),
            Discounts = Column<float>(chunk => chunk.Discounts.Length > 0),
            Margins = Column<float>(chunk => chunk.Margins.Length > 0),
            ProductNames = names.Products,
            CategoryNames = names.Categories,
            ChannelNames = names.Channels,
        };

        T[] Column<T>(Predicate<RowChunk> present) => Array.Exists(chunks, present) ? GC.AllocateUninitializedArray<T>(rows) : [];
    }
}
