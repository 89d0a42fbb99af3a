using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>One opened file: plain or gzip (told by its first bytes), positioned at its text.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly FileStream _raw;
    private readonly GzipText? _unpacked;
    private readonly byte[] _start;
    private int _startTaken;

    private InputFile(string path, FileStream raw, GzipText? unpacked, byte[] start)
    {
        Path = path;
        _raw = raw;
        _unpacked = unpacked;
        _start = start;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    public bool Compressed => _unpacked is not null;

    /// <summary>Size on disk.</summary>
    public long Bytes => _raw.Length;

    /// <summary>Bytes of the file on disk consumed so far.</summary>
    public long Position => _raw.Position;

    /// <exception cref="BadDataException">The file is missing, a directory, empty, or in another format.</exception>
    public static InputFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new BadDataException($"{path}: found a directory, expected a file of transactions; name the files in it, for example {System.IO.Path.Combine(path, "*.csv")}.");
        if (!File.Exists(path))
            throw new BadDataException($"{path}: found no such file, expected a file of transactions; check the path (it is taken from {Environment.CurrentDirectory}).");
        FileStream raw;
        try
        {
            raw = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path}: found a file that cannot be opened ({error.Message}), expected a readable file; check its permissions.", error);
        }
        try
        {
            byte[] start = new byte[4];
            start = start[..raw.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            RefuseOtherFormats(path, start);
            if (start is not [0x1F, 0x8B, ..])
                return new InputFile(path, raw, unpacked: null, start);
            raw.Position = 0;
            return new InputFile(path, raw, new GzipText(raw), []);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    /// <summary>Next bytes of text; 0 at the end.</summary>
    /// <exception cref="BadDataException">The gzip is truncated or damaged, or the disk fails.</exception>
    public int Read(Span<byte> buffer)
    {
        if (_startTaken < _start.Length)
        {
            int taken = Math.Min(buffer.Length, _start.Length - _startTaken);
            _start.AsSpan(_startTaken, taken).CopyTo(buffer);
            _startTaken += taken;
            return taken;
        }
        try
        {
            return _unpacked is null ? _raw.Read(buffer) : _unpacked.Read(buffer);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new BadDataException($"{Path}: found a gzip file that is truncated or damaged near byte {Position} of {Bytes} ({error.Message}), expected a whole one; copy it again and test it with gzip -t.", error);
        }
        catch (IOException error)
        {
            throw new BadDataException($"{Path}: found an error near byte {Position} ({error.Message}), expected a readable file; check the disk.", error);
        }
    }

    public void Dispose()
    {
        _unpacked?.Dispose();
        _raw.Dispose();
    }

    private static void RefuseOtherFormats(string path, ReadOnlySpan<byte> start)
    {
        string? other = start switch
        {
            [] => "an empty file",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive or workbook",
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "a zstd file",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "a bzip2 file",
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "a Parquet file",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16 text",
            _ => null,
        };
        if (other is not null)
            throw new BadDataException($"{path}: found {other}, expected delimited text in UTF-8, plain or gzip; {(start.IsEmpty ? "check how it was exported" : "unpack it or save it as CSV in UTF-8")}.");
    }
}
