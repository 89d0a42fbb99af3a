using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>A file of delimited text on disk, plain or gzip.</summary>
internal sealed class FileSource(string path, bool gzip) : ITextSource
{
    public string Name => path;

    public string Format => gzip ? "gzip" : "text";

    public long Bytes { get; } = new FileInfo(path).Length;

    public char? Delimiter => null;

    public Stream Open()
    {
        FileStream raw = OpenFile(path);
        return gzip ? new WholeGzipStream(raw) : raw;
    }

    public void Dispose()
    {
    }

    /// <exception cref="BadDataException">The file is missing, a directory or not readable.</exception>
    public static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
            throw new BadDataException($"{path}: found a directory, expected a file of transactions; name the files in it, for example {Path.Combine(path, "*.csv")}.");
        if (!File.Exists(path))
            throw new BadDataException($"{path}: found no such file, expected a file of transactions; check the path (it is taken from {Environment.CurrentDirectory}).");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path}: found a file that cannot be opened ({error.Message}), expected a readable file; check its permissions.", error);
        }
    }
}

/// <summary>Finds the sources that a name stands for: a place at hand, or a file in one of the formats at hand, as JSON or as text.</summary>
internal static class SourceFinder
{
    private const int StartBytes = 16;

    /// <exception cref="BadDataException">The file is missing, a directory, empty, or in a format that nothing at hand reads.</exception>
    public static IReadOnlyList<ITransactionSource> Find(string path, IReadOnlyList<ITransactionPlace> places, IReadOnlyList<ITransactionFormat> formats, SourceOptions options)
    {
        foreach (ITransactionPlace place in places)
            if (place.Open(path) is { } elsewhere)
                return elsewhere;
        byte[] start = new byte[StartBytes];
        using (FileStream file = FileSource.OpenFile(path))
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.Length == 0)
            throw new BadDataException($"{path}: found an empty file, expected delimited text in UTF-8, plain or gzip; check how it was exported.");
        foreach (ITransactionFormat format in formats)
            if (format.Open(path, start, options) is { } sources)
                return sources;
        RefuseOtherFormats(path, start);
        bool gzip = start is [0x1F, 0x8B, ..];
        FileSource text = new(path, gzip);
        return JsonSource.Recognise(text) is { } json ? [json] : [text];
    }

    private static void RefuseOtherFormats(string path, ReadOnlySpan<byte> start)
    {
        string? other = start switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive or workbook",
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "a zstd file",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "a bzip2 file",
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "a Parquet file",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "a workbook of Excel before 2007",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF",
            _ => null,
        };
        if (other is not null)
            throw new BadDataException($"{path}: found {other}, expected delimited text in UTF-8, plain or gzip; unpack it or save it as CSV in UTF-8.");
    }
}
