namespace CustomerValue.Data.Transactions.Reading;

/// <summary>What a block of text holds.</summary>
internal enum BlockKind
{
    /// <summary>Whole records.</summary>
    Records,

    /// <summary>The start of one line that is too long; the rest was skipped.</summary>
    LongLine,

    /// <summary>One line in which a quoted field opens that never closes.</summary>
    OpenQuote,
}

/// <summary>A reusable piece of a file that begins with a record and ends after one.</summary>
internal sealed class Block
{
    /// <summary>Bytes that may be read past <see cref="Length"/>, so that wide loads need no care at the end.</summary>
    public const int Padding = 64;

    public byte[] Buffer { get; private set; } = [];

    public int Length { get; set; }

    /// <summary>Position among the blocks of the file, from 0.</summary>
    public int Index { get; set; }

    public BlockKind Kind { get; set; }

    /// <summary>Whether a quote occurs.</summary>
    public bool HasQuotes { get; set; }

    /// <summary>Line ends in the block.</summary>
    public int Lines { get; set; }

    public ReadOnlySpan<byte> Text => Buffer.AsSpan(0, Length);

    /// <summary>Makes room for so many bytes and the padding; keeps what is there.</summary>
    public void Reserve(int bytes)
    {
        if (Buffer.Length >= bytes + Padding)
            return;
        byte[] larger = GC.AllocateUninitializedArray<byte>(bytes + Padding);
        Buffer.AsSpan().CopyTo(larger);
        Buffer = larger;
    }
}
