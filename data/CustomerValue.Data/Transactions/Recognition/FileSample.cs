using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Start, middle and end of a text in UTF-8, for recognition; the whole of a small one.</summary>
internal sealed class FileSample
{
    /// <summary>Bytes of the start, and of each of the two other pieces. The start of a text that cannot be entered in the middle is longer.</summary>
    public const int StartBytes = 1 << 18, PieceBytes = 1 << 16, ForwardBytes = 1 << 21;

    private FileSample(string encoding, bool carriageReturns, byte[] start, byte[][] others, bool isWhole) =>
        (Encoding, HasCarriageReturns, Start, Others, IsWhole) = (encoding, carriageReturns, start, others, isWhole);

    /// <summary>Name of the encoding.</summary>
    public string Encoding { get; }

    /// <summary>Whether lines end in CR alone.</summary>
    public bool HasCarriageReturns { get; }

    /// <summary>The start, with a byte order mark where there is one.</summary>
    public byte[] Start { get; }

    /// <summary>Pieces from the middle and the end; each begins in the middle of a line.</summary>
    public byte[][] Others { get; }

    /// <summary>Whether the start is the whole text.</summary>
    public bool IsWhole { get; }

    /// <summary>The text as the blocks are cut from it: UTF-8, lines that end in LF.</summary>
    public Stream Open(ITextSource source)
    {
        Stream text = TextEncodings.AsUtf8(source.Open(), Encoding);
        return HasCarriageReturns ? new CarriageReturnStream(text) : text;
    }

    /// <exception cref="BadDataException">The text cannot be read.</exception>
    public static FileSample Take(ITextSource source, string? encoding, int maxLineBytes)
    {
        using Stream raw = source.Open();
        byte[] start = ReadStart(raw, raw.CanSeek ? StartBytes : ForwardBytes, maxLineBytes, source, out bool isWhole);
        List<byte[]> others = [];
        if (!isWhole && raw.CanSeek)
            foreach (long at in (ReadOnlySpan<long>)[raw.Length / 2, raw.Length - PieceBytes])
            {
                long from = Math.Max(start.Length, at) & ~3L;
                raw.Position = from;
                byte[] piece = new byte[PieceBytes];
                others.Add(piece[..raw.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false)]);
            }
        string name = source.Delimiter is not null ? "utf-8" : encoding ?? TextEncodings.Recognise(isWhole ? start : [.. start, .. others.SelectMany(piece => piece)]);
        start = TextEncodings.ToUtf8(start, name);
        bool carriageReturns = !start.AsSpan().Contains((byte)'\n') && start.AsSpan().Contains((byte)'\r');
        byte[][] pieces = [.. others.Select(piece => TextEncodings.ToUtf8(piece, name))];
        if (carriageReturns)
            foreach (byte[] piece in pieces.Append(start))
                piece.AsSpan().Replace((byte)'\r', (byte)'\n');
        return new FileSample(name, carriageReturns, start, pieces, isWhole);
    }

    private static byte[] ReadStart(Stream text, int wanted, int maxLineBytes, ITextSource source, out bool isWhole)
    {
        byte[] start = new byte[wanted];
        int length = 0;
        while (true)
        {
            int read = SourceReading.Read(text, start.AsSpan(length), source);
            length += read;
            isWhole = read == 0;
            if (isWhole || (length == start.Length && (start.AsSpan().ContainsAny((byte)'\n', (byte)'\r') || length > maxLineBytes)))
                return start[..length];
            if (length == start.Length)
                Array.Resize(ref start, 2 * length);
        }
    }
}

/// <summary>Reads bytes of a source and says where it is damaged.</summary>
internal static class SourceReading
{
    /// <exception cref="BadDataException">The source is truncated or damaged, or the disk fails.</exception>
    public static int Read(Stream text, Span<byte> buffer, ITransactionSource source)
    {
        try
        {
            return text.Read(buffer);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new BadDataException($"{source.Name}: found a {source.Format} file that is truncated or damaged ({error.Message}), expected a whole one; copy it again{(source.Format == "gzip" ? " and test it with gzip -t" : "")}.", error);
        }
        catch (IOException error)
        {
            throw new BadDataException($"{source.Name}: found an error while reading ({error.Message}), expected a readable file; check the disk.", error);
        }
    }
}
