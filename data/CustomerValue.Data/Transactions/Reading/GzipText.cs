using System.IO.Compression;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>The text of a gzip file, which may have several members, and the certainty that it is all there.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends quietly where a file was cut off. So one more member with a known text is put behind the file: only if everything
/// before it is whole does that text come out at the end.
/// </remarks>
internal sealed class GzipText : IDisposable
{
    private static readonly byte[] EndMark = "\0end of the text\0"u8.ToArray();
    private static readonly byte[] EndMember = Pack(EndMark);

    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _available;
    private bool _ended;

    public GzipText(Stream packed) => _gzip = new GZipStream(new Followed(packed, EndMember), CompressionMode.Decompress);

    /// <summary>Next bytes; 0 at the end.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or ends too early.</exception>
    public int Read(Span<byte> target)
    {
        while (true)
        {
            int ready = Math.Min(_available - EndMark.Length, target.Length);
            if (ready > 0)
            {
                _buffer.AsSpan(_start, ready).CopyTo(target);
                _start += ready;
                _available -= ready;
                return ready;
            }
            if (_ended)
                return _buffer.AsSpan(_start, _available).SequenceEqual(EndMark) ? 0 : throw new InvalidDataException("The compressed text ends too early.");
            _buffer.AsSpan(_start, _available).CopyTo(_buffer);
            _start = 0;
            int read = _gzip.Read(_buffer.AsSpan(_available));
            _ended = read == 0;
            _available += read;
        }
    }

    public void Dispose() => _gzip.Dispose();

    private static byte[] Pack(byte[] text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.NoCompression))
            gzip.Write(text);
        return packed.ToArray();
    }

    /// <summary>A stream and then some bytes.</summary>
    private sealed class Followed(Stream first, byte[] after) : Stream
    {
        private int _taken;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
                return read;
            read = Math.Min(buffer.Length, after.Length - _taken);
            after.AsSpan(_taken, read).CopyTo(buffer);
            _taken += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
