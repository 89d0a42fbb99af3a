using System.IO.Compression;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Sources.Archives;

/// <summary>Zip archives: every member of delimited text or JSON is a source of its own.</summary>
public sealed class ZipFormat : ITransactionFormat
{
    private static readonly string[] s_endings = [".csv", ".tsv", ".txt", ".tab", ".psv", ".json", ".jsonl", ".ndjson", ".dat"];

    /// <inheritdoc/>
    public IReadOnlyList<ITransactionSource>? Open(string path, ReadOnlySpan<byte> start, SourceOptions options)
    {
        if (start is not [(byte)'P', (byte)'K', 3 or 5, ..])
            return null;
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            string[] members = [.. archive.Entries.Where(entry => entry.Length > 0 && IsText(entry.FullName)).Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
            if (members.Length == 0)
                throw new BadDataException($"{path}: found a zip archive without a text file ({string.Join(", ", archive.Entries.Take(5).Select(entry => entry.FullName))}), expected one or several with names such as orders.csv; check what was packed.");
            return [.. members.Select(member => TextSources.Of(new ZipMember(path, member, archive.GetEntry(member)!.CompressedLength)))];
        }
        catch (InvalidDataException error)
        {
            throw new BadDataException($"{path}: found a zip archive that is truncated or damaged ({error.Message}), expected a whole one; copy it again.", error);
        }
    }

    private static bool IsText(string name) =>
        Array.Exists(s_endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && !name.StartsWith("__MACOSX", StringComparison.Ordinal) && !Path.GetFileName(name).StartsWith('.');

    /// <summary>One member; the archive is opened anew for each reading, so that several may be read in turn.</summary>
    private sealed class ZipMember(string path, string member, long bytes) : ITextSource
    {
        public string Name => $"{path}/{member}";

        public string Format => "zip";

        public long Bytes => bytes;

        public char? Delimiter => null;

        public Stream Open()
        {
            ZipArchive archive = ZipFile.OpenRead(path);
            return new OwningStream(archive.GetEntry(member)!.Open(), archive);
        }

        public void Dispose()
        {
        }
    }
}
