using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Cuts the blocks of one file into fields and hands each record to a <see cref="RowParser"/>. One a thread.</summary>
/// <remarks>
/// Without quotes in the block, 64 bytes at a time are compared with the delimiter and the line end, and the set bits of the two masks are the field ends.
/// With quotes, fields are cut one by one.
/// </remarks>
internal sealed class BlockParser(byte delimiter, int columns, int maxLineBytes, RowParser rows)
{
    private readonly int[] _starts = new int[columns];
    private readonly int[] _lengths = new int[columns];

    /// <summary>Reads one block.</summary>
    public RowChunk Parse(Block block)
    {
        rows.Begin(block);
        switch (block.Kind)
        {
            case BlockKind.LongLine:
                rows.RejectLine(0, RejectReason.LineTooLong, $"a line of more than {maxLineBytes:N0} bytes beginning with '{FieldText.Shown(block.Text[..Math.Min(40, block.Length)])}'", $"at most {maxLineBytes:N0} bytes a line");
                break;
            case BlockKind.OpenQuote:
                rows.RejectLine(0, RejectReason.OpenQuote, "a quote that is never closed", "a closing quote (a quote within a quoted field is doubled)");
                break;
            default:
                if (block.HasQuotes)
                    ParseQuoted(block.Buffer, block.Length);
                else
                    ParsePlain(block.Buffer, block.Length);
                break;
        }
        return rows.End();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ParsePlain(byte[] buffer, int length)
    {
        ref byte text = ref MemoryMarshal.GetArrayDataReference(buffer);
        Vector512<byte> delimiters = Vector512.Create(delimiter), lineEnds = Vector512.Create((byte)'\n');
        int[] starts = _starts, lengths = _lengths;
        int field = 0, start = 0, line = 0;
        for (int offset = 0; offset < length; offset += Vector512<byte>.Count)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(ref text, (nuint)offset);
            ulong ends = (Vector512.Equals(bytes, delimiters) | Vector512.Equals(bytes, lineEnds)).ExtractMostSignificantBits();
            if (length - offset < Vector512<byte>.Count)
                ends &= (1UL << (length - offset)) - 1;
            for (; ends != 0; ends &= ends - 1)
            {
                int at = offset + BitOperations.TrailingZeroCount(ends);
                if ((uint)field < (uint)starts.Length && (uint)field < (uint)lengths.Length)
                {
                    starts[field] = start;
                    lengths[field] = at - start;
                }
                field++;
                start = at + 1;
                if (Unsafe.Add(ref text, at) == '\n')
                {
                    EndRecord(buffer, field, line++, at);
                    field = 0;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndRecord(byte[] buffer, int fields, int line, int end)
    {
        int last = Math.Min(fields, columns) - 1;
        if (fields == columns)
        {
            if (_lengths[last] > 0 && buffer[end - 1] == '\r')
                _lengths[last]--;
            if (end - _starts[0] <= maxLineBytes)
            {
                if (columns > 1 || _lengths[0] > 0)
                    rows.Add(new Record(buffer, _starts, _lengths), line);
                return;
            }
        }
        Odd(buffer, fields, line, end);
    }

    /// <summary>A blank line, or one with too many bytes or the wrong number of fields.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Odd(byte[] buffer, int fields, int line, int end)
    {
        ReadOnlySpan<byte> text = buffer.AsSpan(_starts[0], end - _starts[0]);
        if (text.Length > maxLineBytes)
            rows.RejectLine(line, RejectReason.LineTooLong, $"a line of {text.Length:N0} bytes beginning with '{FieldText.Shown(text[..40])}'", $"at most {maxLineBytes:N0} bytes a line");
        else if (!text.Trim(" \t\r"u8).IsEmpty && rows.TryPassOver(FieldText.Split(text, delimiter)))
            return;
        else if (fields > 1 || !text.Trim(" \t\r"u8).IsEmpty)
            rows.RejectLine(line, RejectReason.WrongFieldCount, $"{fields} {(fields == 1 ? "field" : "fields")}", $"{columns} as in the {(rows.HasHeader ? "header" : "first line")}");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ParseQuoted(byte[] buffer, int length)
    {
        int line = 0;
        for (int at = 0; at < length;)
        {
            int begin = at, field = 0, lines = 0;
            int broken = -1;
            while (true)
            {
                int start = at, end;
                if (buffer[at] == '"')
                {
                    end = Unquote(buffer, ref at, length, ref lines);
                    start++;
                    if (buffer[at] != delimiter && buffer[at] != '\n' && !(buffer[at] == '\r' && buffer[at + 1] == '\n'))
                    {
                        broken = broken < 0 ? field : broken;
                        at += buffer.AsSpan(at, length - at).IndexOfAny(delimiter, (byte)'\n');
                    }
                    else if (buffer[at] == '\r')
                    {
                        at++;
                    }
                }
                else
                {
                    at += buffer.AsSpan(at, length - at).IndexOfAny(delimiter, (byte)'\n');
                    end = at > start && buffer[at] == '\n' && buffer[at - 1] == '\r' ? at - 1 : at;
                }
                if (field < columns)
                {
                    _starts[field] = start;
                    _lengths[field] = end - start;
                }
                field++;
                if (buffer[at++] == '\n')
                    break;
            }
            if (broken >= 0)
                rows.RejectField(line, RejectReason.TextAfterQuote, Math.Min(broken, columns - 1), buffer.AsSpan(begin, at - 1 - begin), "a delimiter after the closing quote");
            else if (field == columns && at - 1 - begin <= maxLineBytes && (columns > 1 || _lengths[0] > 0))
                rows.Add(new Record(buffer, _starts, _lengths), line);
            else
                OddQuoted(buffer, begin, field, line, at - 1);
            line += lines + 1;
        }
    }

    private void OddQuoted(byte[] buffer, int begin, int fields, int line, int end)
    {
        _starts[0] = begin;
        Odd(buffer, fields, line, end);
    }

    /// <summary>Moves behind the closing quote; doubled quotes become one in place. Returns where the content ends.</summary>
    private static int Unquote(byte[] buffer, ref int at, int length, ref int lines)
    {
        int write = ++at;
        while (true)
        {
            int quote = at + buffer.AsSpan(at, length - at).IndexOf((byte)'"');
            Span<byte> piece = buffer.AsSpan(at, quote - at);
            lines += piece.Count((byte)'\n');
            if (write != at)
                piece.CopyTo(buffer.AsSpan(write));
            write += piece.Length;
            at = quote + 1;
            if (at >= length || buffer[at] != '"')
                return write;
            buffer[write++] = (byte)'"';
            at++;
        }
    }
}
