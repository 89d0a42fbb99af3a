namespace CustomerValue.Data.Transactions.Sources;

/// <summary>Rows of a columnar source.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">The columns asked for, in that order.</param>
public sealed record ColumnBatch(int Rows, IReadOnlyList<BatchColumn> Columns);

/// <summary>One column of a batch.</summary>
public abstract class BatchColumn;

/// <summary>Texts in UTF-8, one behind the other, or codes into such texts.</summary>
/// <param name="bytes">The texts, with at least 64 readable bytes behind the last.</param>
/// <param name="offsets">Where each text begins, and behind the last where it ends.</param>
/// <param name="codes">For each row the number of its text, -1 for none; empty where row and text are the same.</param>
public sealed class TextColumn(byte[] bytes, int[] offsets, int[] codes) : BatchColumn
{
    internal byte[] Buffer => bytes;

    /// <summary>Number of distinct texts, or of rows.</summary>
    public int Count => offsets.Length - 1;

    /// <summary>Whether rows hold codes of texts.</summary>
    public bool IsCoded => codes.Length > 0;

    /// <summary>The same texts for rows that name them by their numbers.</summary>
    public TextColumn WithCodes(int[] rows) => new(bytes, offsets, codes.Length == 0 ? rows : System.Array.ConvertAll(rows, row => row < 0 ? -1 : codes[row]));

    /// <summary>Number of the text of a row, or -1.</summary>
    public int Code(int row) => codes.Length > 0 ? codes[row] : row;

    /// <summary>A text by its number.</summary>
    public ReadOnlySpan<byte> Text(int code) => bytes.AsSpan(offsets[code], offsets[code + 1] - offsets[code]);
}

/// <summary>Numbers; NaN for none.</summary>
/// <param name="values">One a row.</param>
public sealed class NumberColumn(double[] values) : BatchColumn
{
    /// <summary>The numbers.</summary>
    public ReadOnlySpan<double> Values => values;
}

/// <summary>Whole numbers, such as ids.</summary>
/// <param name="values">One a row.</param>
/// <param name="missing">Whether a row has none; empty where all have one.</param>
public sealed class IntegerColumn(long[] values, bool[] missing) : BatchColumn
{
    /// <summary>The numbers.</summary>
    public ReadOnlySpan<long> Values => values;

    /// <summary>Whether a row has none.</summary>
    public bool IsMissing(int row) => missing.Length > 0 && missing[row];
}

/// <summary>Moments in seconds since 1970-01-01, in UTC or as a clock on the wall shows them.</summary>
/// <param name="seconds">One a row; <see cref="long.MinValue"/> for none.</param>
/// <param name="isUtc">Whether they are UTC, so that a stated zone may move them.</param>
public sealed class MomentColumn(long[] seconds, bool isUtc) : BatchColumn
{
    /// <summary>The moments.</summary>
    public ReadOnlySpan<long> Seconds => seconds;

    /// <summary>Whether they are UTC.</summary>
    public bool IsUtc => isUtc;
}
