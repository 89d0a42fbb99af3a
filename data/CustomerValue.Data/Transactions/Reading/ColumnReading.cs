using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Reads a columnar source straight into chunks on several threads, a part at a time each.</summary>
internal static class ColumnReading
{
    /// <summary>Chunks in the order of the source, or null where a value needs the way through text.</summary>
    public static List<RowChunk>? TryRead(
        FileLayout layout, IColumnSource source, ReaderOptions options, ParserNames[] names, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        // A unit cost makes the margin out of several fields; the text path knows how.
        if (layout.Plan.Held(ColumnRole.UnitCost) >= 0 || layout.Dates is not null && layout.Dates is not Recognition.WrittenDate)
            return null;
        int[] wanted = [.. Enum.GetValues<ColumnRole>().Select(layout.Plan.Held).Append(layout.Plan.AmountFactor).Where(column => column >= 0).Distinct()];
        Lock gate = new();
        List<RowChunk>[] chunks = new List<RowChunk>[source.Parts];
        int taken = -1;
        long rows = 0;
        bool direct = true;
        Workers.Run(names.Length, cancellation, (worker, stop) =>
        {
            ColumnParser parser = new(layout, options, names[worker], worker, wanted);
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
                        progress?.Report(new StepProgress($"reading {Path.GetFileName(source.Name)}", rows += batch.Rows, null, "rows"));
                }
            }
        });
        return direct ? [.. chunks.SelectMany(part => part)] : null;
    }
}
