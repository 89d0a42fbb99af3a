using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Reads a columnar source straight into chunks on several threads.</summary>
internal static class ColumnReading
{
    /// <summary>Chunks in the order of the source, or null where a value needs the way through text.</summary>
    public static List<RowChunk>? TryRead(
        FileLayout layout, IColumnSource source, ReaderOptions options, ParserNames[] names, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        // A unit cost makes the margin out of several fields; the text path knows how.
        if (layout.Plan[ColumnRole.UnitCost] >= 0 || layout.Dates is not null && layout.Dates is not Recognition.WrittenDate)
            return null;
        int[] wanted = [.. Enum.GetValues<ColumnRole>().Select(role => layout.Plan[role]).Append(layout.Plan.AmountFactor).Where(column => column >= 0).Distinct()];
        Lock gate = new();
        SortedDictionary<int, RowChunk> chunks = [];
        int taken = 0;
        long rows = 0;
        bool direct = true;
        using IEnumerator<ColumnBatch> batches = source.Read(wanted).GetEnumerator();
        Workers.Run(names.Length, cancellation, (worker, stop) =>
        {
            ColumnParser parser = new(layout, options, names[worker], worker, wanted);
            while (Volatile.Read(ref direct))
            {
                stop.ThrowIfCancellationRequested();
                int index;
                ColumnBatch batch;
                lock (gate)
                {
                    if (!batches.MoveNext())
                        return;
                    (index, batch) = (taken++, batches.Current);
                }
                if (batch.Rows == 0)
                    continue;
                if (parser.Parse(batch) is not { } chunk)
                {
                    Volatile.Write(ref direct, false);
                    return;
                }
                lock (gate)
                {
                    chunks.Add(index, chunk);
                    rows += batch.Rows;
                    progress?.Report(new StepProgress($"reading {Path.GetFileName(source.Name)}", rows, null, "rows"));
                }
            }
        });
        return direct ? [.. chunks.Values] : null;
    }
}
