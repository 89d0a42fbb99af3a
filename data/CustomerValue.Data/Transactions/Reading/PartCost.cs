namespace CustomerValue.Data.Transactions.Reading;

/// <summary>What rows and customers of a log take in memory while they are read, and then while a run works on them.</summary>
/// <param name="RowRead">Bytes of a row while chunks and log are there at once.</param>
/// <param name="RowHeld">Bytes of a row in the log.</param>
/// <param name="CustomerRead">Bytes of a customer while names are collected and joined.</param>
/// <param name="CustomerHeld">Bytes of a customer while the run works.</param>
internal readonly record struct PartCost(int RowRead, int RowHeld, int CustomerRead, int CustomerHeld)
{
    /// <summary>A slot, half of them free, and the text in a thread's collector.</summary>
    private const int InCollector = 64;

    /// <summary>An id as a string, its place, offset and the keys it is sorted by.</summary>
    private const int InTable = 96;

    /// <summary>What is remembered of a line to know its twin in another file.</summary>
    private const int OfTwin = 48;

    public static PartCost Of(IReadOnlyList<FileLayout> layouts, bool hashed, PartSize size, int threads)
    {
        (int here, int inLog) = (0, 0);
        foreach (FileLayout layout in layouts)
        {
            (int Here, int InLog) row = RowChunk.BytesOfRow(layout.Plan, hashed);
            (here, inLog) = (Math.Max(here, row.Here), Math.Max(inLog, row.InLog));
        }
        return new(here + inLog + (hashed ? OfTwin : 0), inLog, InCollector * threads + InTable, InTable + size.BytesOfCustomer);
    }

    public double Of(double rows, double customers) => Math.Max(rows * RowRead + customers * CustomerRead, rows * RowHeld + customers * CustomerHeld);
}
