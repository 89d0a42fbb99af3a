using System.Text;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>How one file is written: its delimiter, its header and where its columns are. Found from its first bytes.</summary>
internal sealed class FileLayout
{
    private const int SampleBytes = 1 << 16;
    private const int SampleRecords = 30;

    private static readonly byte[] Delimiters = ",;\t|"u8.ToArray();
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private FileLayout(byte delimiter, ColumnPlan plan, byte[] rest, long headerLines)
    {
        Delimiter = delimiter;
        Plan = plan;
        Rest = rest;
        HeaderLines = headerLines;
    }

    public byte Delimiter { get; }

    public ColumnPlan Plan { get; }

    /// <summary>Bytes that were read to look at the file and belong to its data.</summary>
    public byte[] Rest { get; }

    /// <summary>Line ends before the data.</summary>
    public long HeaderLines { get; }

    /// <exception cref="BadDataException">The file has no text or no data, or its columns do not fit the mapping.</exception>
    public static FileLayout Find(InputFile file, ReaderOptions options)
    {
        byte[] start = ReadStart(file, options);
        ReadOnlySpan<byte> text = start;
        if (text.StartsWith(ByteOrderMark))
            text = text[ByteOrderMark.Length..];
        int lines = 0;
        while (text.Length > 0 && text[0] is (byte)'\n' or (byte)'\r')
        {
            lines += text[0] == '\n' ? 1 : 0;
            text = text[1..];
        }
        if (text.Trim(" \t\r\n"u8).IsEmpty)
            throw new BadDataException($"{file.Path}: found a file without text, expected a header and lines of transactions; check how it was exported.");
        if (!text.Contains((byte)'\n') && text.Contains((byte)'\r'))
            throw new BadDataException($"{file.Path}: found lines that end in CR alone, expected LF or CR LF; convert the line ends.");

        byte delimiter = options.Delimiter is { } given ? (byte)given : DetectDelimiter(text);
        int firstLength = RecordBoundary.FirstRecord(text, delimiter);
        if (firstLength == 0)
            firstLength = text.Length;
        string[] first = FieldText.Split(text[..firstLength], delimiter);
        bool hasHeader = options.HasHeader ?? LooksLikeHeader(first, options);
        string[] names = hasHeader ? [.. first.Select(name => name.Trim())] : [.. Enumerable.Range(1, first.Length).Select(position => $"#{position}")];
        ColumnPlan plan = ColumnPlan.Create(file.Path, names, hasHeader, options.Mapping);
        ReadOnlySpan<byte> rest = hasHeader ? text[firstLength..] : text;
        return new FileLayout(delimiter, plan, rest.ToArray(), lines + (hasHeader ? text[..firstLength].Count((byte)'\n') : 0));
    }

    private static byte[] ReadStart(InputFile file, ReaderOptions options)
    {
        byte[] start = new byte[SampleBytes];
        int length = 0;
        while (true)
        {
            int read = file.Read(start.AsSpan(length));
            length += read;
            if (read == 0 || (length == start.Length && (start.AsSpan().Contains((byte)'\n') || length > options.MaxLineBytes)))
                return start[..length];
            if (length == start.Length)
                Array.Resize(ref start, 2 * length);
        }
    }

    /// <summary>The candidate under which most sample lines have as many fields as the first, at least two; then the one with most fields.</summary>
    private static byte DetectDelimiter(ReadOnlySpan<byte> text)
    {
        (int Same, int Fields, byte Delimiter) best = (0, 0, (byte)',');
        foreach (byte delimiter in Delimiters)
        {
            ReadOnlySpan<byte> rest = text;
            int fields = 0, same = 0;
            for (int record = 0; record < SampleRecords && !rest.IsEmpty; record++)
            {
                int length = RecordBoundary.FirstRecord(rest, delimiter);
                if (length == 0 && record > 0)
                    break;
                int count = FieldText.Split(rest[..(length == 0 ? rest.Length : length)], delimiter).Length;
                if (record == 0)
                    fields = count;
                same += count == fields ? 1 : 0;
                rest = length == 0 ? [] : rest[length..];
            }
            if (fields > 1 && (same, fields).CompareTo((best.Same, best.Fields)) > 0)
                best = (same, fields, delimiter);
        }
        return best.Delimiter;
    }

    private static bool LooksLikeHeader(string[] first, ReaderOptions options)
    {
        if (options.Mapping.Columns.Values.Any(expression => expression[0] != '#' && expression.Split('*').Append(expression).Any(part => first.Contains(part.Trim(), StringComparer.OrdinalIgnoreCase))))
            return true;
        DatePattern? pattern = options.DateFormat is null ? null : new DatePattern(options.DateFormat);
        return !first.Any(field => Encoding.UTF8.GetBytes(field.Trim()) is var bytes
            && (NumberText.TryParse(bytes, (byte)options.DecimalSeparator, out _) || DateText.TryParse(bytes, out _) || pattern?.TryParse(bytes, out _) == true));
    }
}
