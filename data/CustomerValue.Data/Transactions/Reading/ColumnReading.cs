using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Reads a columnar source straight into chunks on several threads, a part at a time each.</summary>
internal static class ColumnReading
{
    /// <summary>Chunks in the order of the source, or null where a value needs the way through text.</summary>
    public static List<RowChunk>? TryRead(
        FileLayout layout, IColumnSource source, ReaderOptions options, ParserNames[] names, OtherCustomers? others, ReadingWatch? watch, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        // A unit cost makes the margin out of several fields; the text path knows how.
        if (layout.Plan.Held(ColumnRole.UnitCost) >= 0 || layout.Dates is not null && layout.Dates is not Recognition.WrittenDate)
            return null;
        int[] wanted = [.. Enum.GetValues<ColumnRole>().Select(layout.Plan.Held).Append(layout.Plan.AmountFactor).Where(column => column >= 0).Distinct()];
        Lock gate = new();
        List<RowChunk>[] chunks = new List<RowChunk>[source.Parts];
        int taken = -1, read = 0;
        long rows = 0;
        List<OtherCustomers> left = [];
        bool direct = true;
        Workers.Run(names.Length, cancellation, (worker, stop) =>
        {
            OtherCustomers? mine = OtherCustomers.Of(options.Share);
            ColumnParser parser = new(layout, options, names[worker], worker, wanted, mine);
            for (int part = Interlocked.Increment(ref taken); part < chunks.Length; part = Interlocked.Increment(ref taken))
            {
                chunks[part] = [];
                foreach (ColumnBatch batch in source.Read(part, wanted))
                {
                    stop.ThrowIfCancellationRequested();
                    if (batch.Rows == 0)
                        continue;
                    if (!Volatile.Read(ref direct) || parser.Parse(batch) is not { } chunk)
                    {
                        Volatile.Write(ref direct, false);
                        return;
                    }
                    chunks[part].Add(chunk);
                    lock (gate)
                    {
                        watch?.Add(chunk);
                        progress?.Report(new StepProgress($"reading {Path.GetFileName(source.Name)}{options.PartInWords}", rows += batch.Rows, null, "rows"));
                    }
                }
                lock (gate)
                    watch?.Check(layout, (double)++read / chunks.Length);
            }
            if (mine is not null)
                lock (gate)
                    left.Add(mine);
        });
        if (!direct)
        {
            watch?.Forget(chunks.Where(part => part is not null).SelectMany(part => part));
            return null;
        }
        left.ForEach(rows => others!.Add(rows));
        return [.. chunks.SelectMany(part => part)];
    }
}
