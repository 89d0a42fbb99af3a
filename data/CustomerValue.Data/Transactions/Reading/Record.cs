using System.Runtime.CompilerServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>The fields of one record: pieces of a block's buffer.</summary>
/// <param name="buffer">The block's bytes.</param>
/// <param name="starts">Where each field begins.</param>
/// <param name="lengths">How long it is.</param>
internal readonly ref struct Record(byte[] buffer, int[] starts, int[] lengths)
{
    public byte[] Buffer => buffer;

    public int[] Starts => starts;

    public int[] Lengths => lengths;

    /// <summary>A field without the blanks around it, unless it was quoted.</summary>
    public ReadOnlySpan<byte> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ReadOnlySpan<byte> field = buffer.AsSpan(starts[column], lengths[column]);
            return field.Length > 0 && (field[0] <= ' ' || field[^1] <= ' ') ? Trim(buffer, field, starts[column]) : field;
        }
    }

    /// <summary>A field as it stands there.</summary>
    public ReadOnlySpan<byte> Raw(int column) => buffer.AsSpan(starts[column], lengths[column]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Trim(byte[] buffer, ReadOnlySpan<byte> field, int start) =>
        start > 0 && buffer[start - 1] == '"' ? field : field.Trim(" \t"u8);
}
