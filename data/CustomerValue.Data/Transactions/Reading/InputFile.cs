using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Recognition;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>The text of one source, opened at its first line of data: UTF-8, lines that end in LF.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly ITextSource _source;
    private readonly Stream _text;
    private readonly FileStream? _raw;
    private long _read;

    private InputFile(ITextSource source, Stream text, FileStream? raw) => (_source, _text, _raw) = (source, text, raw);

    /// <summary>The name as it was given.</summary>
    public string Path => _source.Name;

    /// <summary>Size on disk.</summary>
    public long Bytes => _source.Bytes;

    /// <summary>About how many bytes of the size on disk are consumed.</summary>
    public long Position => _raw?.Position ?? Math.Min(_read, Bytes);

    /// <summary>Opens the text and passes over its first bytes.</summary>
    /// <exception cref="BadDataException">The source cannot be read.</exception>
    public static InputFile Open(ITextSource source, FileSample sample, int skip)
    {
        Stream text = sample.Open(source);
        InputFile file = new(source, text, text as FileStream);
        try
        {
            if (text is FileStream raw)
            {
                raw.Position = skip;
                return file;
            }
            byte[] passed = new byte[Math.Min(skip, 1 << 16)];
            for (int left = skip; left > 0;)
                left -= file.Read(passed.AsSpan(0, Math.Min(left, passed.Length))) is var read and > 0 ? read : left;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Next bytes of text; 0 at the end.</summary>
    /// <exception cref="BadDataException">The source is truncated or damaged, or the disk fails.</exception>
    public int Read(Span<byte> buffer)
    {
        int read = SourceReading.Read(_text, buffer, _source);
        _read += read;
        return read;
    }

    public void Dispose() => _text.Dispose();
}
