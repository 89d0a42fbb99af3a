using CustomerValue.Data.Files;
using CustomerValue.Data.Transactions.Sources;
using ZstdSharp;

namespace CustomerValue.Sources.Archives;

/// <summary>Text packed by Zstandard (RFC 8878).</summary>
public sealed class ZstdFormat : ITransactionFormat
{
    /// <inheritdoc/>
    public IReadOnlyList<ITransactionSource>? Open(string path, ReadOnlySpan<byte> start, SourceOptions options) =>
        start is [0x28, 0xB5, 0x2F, 0xFD, ..] ? [TextSources.Of(new ZstdFile(path))] : null;

    private sealed class ZstdFile(string path) : ITextSource
    {
        public string Name => path;

        public string Format => "zstd";

        public long Bytes { get; } = new FileInfo(path).Length;

        public char? Delimiter => null;

        /// <summary>The whole text, or an error: a frame that is cut off is no text.</summary>
        public Stream Open() => new CheckedStream(new DecompressionStream(File.OpenRead(path), bufferSize: 1 << 16, checkEndOfStream: true, leaveOpen: false));

        public void Dispose()
        {
        }
    }

    /// <summary>Damage as the reader knows it.</summary>
    private sealed class CheckedStream(Stream inner) : ForwardStream
    {
        public override int Read(Span<byte> buffer)
        {
            try
            {
                return inner.Read(buffer);
            }
            catch (ZstdException error)
            {
                throw new InvalidDataException(error.Message, error);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
