namespace CustomerValue.Boosting;

/// <summary>A feature that most rows have in one bin: that bin, and the rows that differ.</summary>
/// <param name="Usual">The bin of all other rows.</param>
/// <param name="Rows">Rows in another bin, ascending.</param>
/// <param name="Bins">Their bins.</param>
internal sealed record SparseBins(byte Usual, int[] Rows, byte[] Bins)
{
    /// <summary>Rows that differ are at most one in this many: their list then takes about the room of the column.</summary>
    private const int LeastUsual = 4;

    private const int Probes = 64;

    /// <summary>The sparse form of a column; null where too many rows differ.</summary>
    public static SparseBins? Of(ReadOnlySpan<byte> column)
    {
        if (column.IsEmpty)
            return null;
        byte usual = MostOf(column);
        int others = column.Length - column.Count(usual);
        if ((long)others * LeastUsual > column.Length)
            return null;
        int[] rows = new int[others];
        byte[] bins = new byte[others];
        for (int row = -1, i = 0; i < others; i++)
        {
            row += 1 + column[(row + 1)..].IndexOfAnyExcept(usual);
            (rows[i], bins[i]) = (row, column[row]);
        }
        return new(usual, rows, bins);
    }

    /// <summary>The most frequent bin of some rows: where a bin has three rows in four, hardly ever another. A wrong guess costs time, never a result.</summary>
    private static byte MostOf(ReadOnlySpan<byte> column)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        byte most = column[0];
        for (int probe = 0; probe < Probes; probe++)
        {
            byte bin = column[(int)((long)probe * column.Length / Probes)];
            if (++counts[bin] > counts[most])
                most = bin;
        }
        return most;
    }

    /// <summary>A byte a row.</summary>
    public byte[] Dense(int rows)
    {
        byte[] column = new byte[rows];
        Array.Fill(column, Usual);
        for (int i = 0; i < Rows.Length; i++)
            column[Rows[i]] = Bins[i];
        return column;
    }
}
