using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Where the table lies in a text: the delimiter, and what stands above the header.</summary>
/// <param name="Delimiter">Byte between fields.</param>
/// <param name="TableStart">Bytes before the header, or before the first line of data where there is none.</param>
/// <param name="DataStart">Bytes before the first line of data.</param>
/// <param name="First">Fields of the header, or of the first line.</param>
/// <param name="HasHeader">Whether the first line of the table names columns.</param>
/// <param name="TitleLines">Lines with text above the table.</param>
internal sealed record TableShape(byte Delimiter, int TableStart, int DataStart, string[] First, bool HasHeader, int TitleLines)
{
    private const int SampleRecords = 100, LinesAbove = 30;

    private static readonly byte[] s_delimiters = ",;\t|"u8.ToArray();

    /// <param name="text">The start of the file, without byte order mark.</param>
    /// <param name="delimiter">The delimiter where it is known.</param>
    /// <param name="hasHeader">Whether there is a header, where it is known.</param>
    /// <param name="fits">Whether names of columns have what is needed.</param>
    /// <param name="isValue">Whether a field is a number or a date, so that its line is no header.</param>
    public static TableShape Find(ReadOnlySpan<byte> text, byte? delimiter, bool? hasHeader, Func<IReadOnlyList<string>, bool> fits, Func<string, bool> isValue)
    {
        int start = 0, titles = 0;
        if (text.StartsWith("sep="u8) && text.Length > 5 && text[5] is (byte)'\n' or (byte)'\r')
        {
            delimiter ??= text[4];
            start = LineEnd(text, 0);
        }
        byte found = delimiter ?? DetectDelimiter(text[start..]);
        int usual = UsualFields(text[start..], found);
        int table = start, fallback = -1, above = 0;
        for (int at = start, line = 0; at < text.Length && line < LinesAbove; line++)
        {
            ReadOnlySpan<byte> record = Record(text[at..], found);
            string[] fields = FieldText.Split(record, found);
            bool blank = fields.All(string.IsNullOrWhiteSpace);
            // A header that fits is one even where the lines below have other numbers of fields; that is told later.
            if (!blank && hasHeader != false && fields.Length > 1 && fits(fields))
                return Make(text, found, at, record.Length, fields, true, above);
            if (!blank && fields.Length == usual && (usual > 1 || !IsComment(fields)))
            {
                if (fallback < 0 && !IsComment(fields) && fields.Count(field => !string.IsNullOrWhiteSpace(field)) > usual / 2)
                    (fallback, table, titles) = (at, at, above);
            }
            if (!blank)
                above++;
            at += record.Length;
        }
        if (fallback < 0)
        {
            table = start;
            while (table < text.Length && text[table] is (byte)'\n' or (byte)'\r')
                table++;
            titles = 0;
        }
        ReadOnlySpan<byte> first = Record(text[table..], found);
        string[] firstFields = FieldText.Split(first, found);
        bool header = hasHeader ?? !firstFields.Any(isValue);
        return Make(text, found, table, header ? first.Length : 0, firstFields, header, titles);
    }

    private static TableShape Make(ReadOnlySpan<byte> text, byte delimiter, int start, int headerLength, string[] fields, bool hasHeader, int titles) =>
        new(delimiter, start, Math.Min(text.Length, start + headerLength), fields, hasHeader, titles);

    private static bool IsComment(string[] fields) => fields[0].TrimStart() is ['#', ..] || fields[0].TrimStart().StartsWith("//", StringComparison.Ordinal);

    private static ReadOnlySpan<byte> Record(ReadOnlySpan<byte> text, byte delimiter)
    {
        int length = RecordBoundary.FirstRecord(text[..Math.Min(text.Length, 1 << 16)], delimiter);
        if (length == 0)
            length = LineEnd(text, 0);
        return text[..length];
    }

    private static int LineEnd(ReadOnlySpan<byte> text, int from)
    {
        int end = text[from..].IndexOf((byte)'\n');
        return end < 0 ? text.Length : from + end + 1;
    }

    /// <summary>The candidate under which most sampled lines have the same number of fields, at least two; then the one with most fields.</summary>
    private static byte DetectDelimiter(ReadOnlySpan<byte> text)
    {
        (int Same, int Fields, byte Delimiter) best = (0, 0, (byte)',');
        foreach (byte delimiter in s_delimiters)
        {
            (int fields, int same) = Usual(text, delimiter);
            if (fields > 1 && (same, fields).CompareTo((best.Same, best.Fields)) > 0)
                best = (same, fields, delimiter);
        }
        return best.Delimiter;
    }

    private static int UsualFields(ReadOnlySpan<byte> text, byte delimiter) => Usual(text, delimiter).Fields;

    /// <summary>The most frequent number of fields of a line, and how many lines have it; of equals the larger number.</summary>
    private static (int Fields, int Same) Usual(ReadOnlySpan<byte> text, byte delimiter)
    {
        SortedDictionary<int, int> counts = [];
        ReadOnlySpan<byte> rest = text;
        for (int record = 0; record < SampleRecords && !rest.IsEmpty; record++)
        {
            ReadOnlySpan<byte> line = Record(rest, delimiter);
            rest = rest[line.Length..];
            if (line.Trim(" \t\r\n"u8).IsEmpty)
                continue;
            int fields = FieldText.Split(line, delimiter).Length;
            counts[fields] = counts.GetValueOrDefault(fields) + 1;
        }
        if (counts.Count == 0)
            return (1, 0);
        KeyValuePair<int, int> most = counts.OrderByDescending(pair => pair.Key > 1).ThenByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key).First();
        return (most.Key, most.Value);
    }
}
