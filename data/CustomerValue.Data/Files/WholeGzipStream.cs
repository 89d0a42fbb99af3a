using System.IO.Compression;

namespace CustomerValue.Data.Files;

/// <summary>Unpacks gzip and notices when the file was cut off, which <see cref="GZipStream"/> takes for its end.</summary>
/// <remarks>
/// A member with a mark is appended to the file: a whole file is followed by it and unpacks to its own text and then the mark, while in a file that was cut off the
/// bytes of the mark are taken for something else. The mark is held back from the reader.
/// </remarks>
internal sealed class WholeGzipStream : ForwardStream
{
    private const int BufferSize = 1 << 16;

    private static readonly byte[] s_mark = "the end, and nothing after it"u8.ToArray();
    private static readonly byte[] s_markMember = Pack(s_mark);

    private readonly Stream _raw;
    private readonly GZipStream _unpacked;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start, _end;
    private bool _ended;

    public WholeGzipStream(Stream raw)
    {
        _raw = raw;
        _unpacked = new GZipStream(new FollowedStream(raw, s_markMember), CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">The stream is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_ended && _end - _start <= s_mark.Length)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            int read = _unpacked.Read(_buffer.AsSpan(_end));
            _end += read;
            if (read > 0)
                continue;
            _ended = true;
            if (!_buffer.AsSpan(_start.._end).EndsWith(s_mark))
                throw new InvalidDataException("The gzip stream ends too early.");
            _end -= s_mark.Length;
        }
        int ready = _end - _start - (_ended ? 0 : s_mark.Length), given = Math.Min(ready, buffer.Length);
        _buffer.AsSpan(_start, given).CopyTo(buffer);
        _start += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _raw.Dispose();
        }
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
            gzip.Write(text);
        return packed.ToArray();
    }

    /// <summary>A stream with some bytes after its end.</summary>
    private sealed class FollowedStream(Stream first, byte[] then) : ForwardStream
    {
        private int _taken;

        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
                return read;
            int given = Math.Min(buffer.Length, then.Length - _taken);
            then.AsSpan(_taken, given).CopyTo(buffer);
            _taken += given;
            return given;
        }
    }
}
