namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Hands out the records of one file in blocks to several threads.</summary>
/// <remarks>
/// Reading (and unpacking) happens under a lock on whichever thread asks for the next block, while the others parse: a plain file costs the lock
/// one copy from the page cache, a gzip file keeps one thread busy. What follows the last whole record is carried to the next block.
/// </remarks>
internal sealed class BlockSource
{
    private readonly Lock _gate = new();
    private readonly InputFile _file;
    private readonly byte _delimiter;
    private readonly int _blockBytes;
    private readonly int _maxLineBytes;
    private byte[] _carry;
    private int _carried;
    private int _index;
    private bool _ended;
    private bool _skipping;

    public BlockSource(InputFile file, ReadOnlySpan<byte> start, byte delimiter, ReaderOptions options)
    {
        _file = file;
        _delimiter = delimiter;
        _blockBytes = options.BlockBytes;
        _maxLineBytes = options.MaxLineBytes;
        _carry = start.ToArray();
        _carried = start.Length;
    }

    /// <summary>Fills the block with the next records; false at the end of the file.</summary>
    public bool Next(Block block)
    {
        lock (_gate)
        {
            if (!Fill(block))
                return false;
            block.Index = _index++;
            block.Lines = block.Kind == BlockKind.Records ? block.Text.Count((byte)'\n') : 1;
            return true;
        }
    }

    private bool Fill(Block block)
    {
        if (_skipping)
            SkipLine(block);
        block.Reserve(_carried + _blockBytes);
        _carry.AsSpan(0, _carried).CopyTo(block.Buffer);
        int length = _carried;
        _carried = 0;
        int wanted = Math.Max(_blockBytes, length + 1);
        while (true)
        {
            block.Reserve(wanted + 1);
            length += Read(block.Buffer.AsSpan(length, wanted - length));
            if (_ended && length > 0 && block.Buffer[length - 1] != '\n')
                block.Buffer[length++] = (byte)'\n';
            if (length == 0)
                return false;
            int whole = RecordBoundary.WholeRecords(block.Buffer.AsSpan(0, length), _delimiter, out bool quotes, out bool open);
            if (whole > 0)
                return Cut(block, BlockKind.Records, whole, length, quotes);
            if (_ended || length > _maxLineBytes)
                return CutBroken(block, length, open);
            wanted = Math.Min(length * 2, _maxLineBytes + _blockBytes);
        }
    }

    /// <summary>No record ends here: either a quote never closes, and the line it stands in is the broken one, or the line is too long.</summary>
    private bool CutBroken(Block block, int length, bool open)
    {
        int line = block.Buffer.AsSpan(0, length).IndexOf((byte)'\n') + 1;
        if (open && line > 0)
            return Cut(block, BlockKind.OpenQuote, line, length, quotes: true);
        _skipping = line == 0;
        return Cut(block, BlockKind.LongLine, line > 0 ? line : length, length, quotes: true);
    }

    private bool Cut(Block block, BlockKind kind, int end, int length, bool quotes)
    {
        _carried = length - end;
        if (_carry.Length < _carried)
            _carry = new byte[Math.Max(_carried, 2 * _carry.Length)];
        block.Buffer.AsSpan(end, _carried).CopyTo(_carry);
        block.Kind = kind;
        block.Length = end;
        block.HasQuotes = quotes;
        return true;
    }

    /// <summary>Reads on to the end of a line that is too long; what follows becomes the carry.</summary>
    private void SkipLine(Block block)
    {
        _skipping = false;
        block.Reserve(_blockBytes);
        while (!_ended)
        {
            int read = Read(block.Buffer.AsSpan(0, _blockBytes));
            int line = block.Buffer.AsSpan(0, read).IndexOf((byte)'\n') + 1;
            if (line == 0)
                continue;
            Cut(block, BlockKind.Records, line, read, quotes: false);
            return;
        }
    }

    private int Read(Span<byte> buffer)
    {
        int total = 0;
        while (!_ended && total < buffer.Length)
        {
            int read = _file.Read(buffer[total..]);
            _ended = read == 0;
            total += read;
        }
        return total;
    }
}
