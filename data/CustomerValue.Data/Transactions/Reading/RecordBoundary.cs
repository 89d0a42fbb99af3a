namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Cuts text between records: after a line end that lies outside quotes.</summary>
/// <remarks>A quote opens a field only as its first byte; elsewhere it is a letter like any other, so an inch sign cannot swallow lines.</remarks>
internal static class RecordBoundary
{
    /// <summary>Length of the whole records at the start of <paramref name="text"/>, which begins with a record.</summary>
    /// <param name="text">Bytes read so far.</param>
    /// <param name="delimiter">Byte between fields.</param>
    /// <param name="quotes">Whether a quote occurs at all.</param>
    /// <param name="open">Whether the text ends inside a quoted field.</param>
    public static int WholeRecords(ReadOnlySpan<byte> text, byte delimiter, out bool quotes, out bool open)
    {
        open = false;
        int quote = text.IndexOf((byte)'"');
        quotes = quote >= 0;
        if (!quotes)
            return text.LastIndexOf((byte)'\n') + 1;

        int end = 0, outside = 0;
        while (quote >= 0)
        {
            if (quote > 0 && text[quote - 1] != '\n' && text[quote - 1] != delimiter)
            {
                quote = Next(text, quote + 1);
                continue;
            }
            int line = text[outside..quote].LastIndexOf((byte)'\n');
            if (line >= 0)
                end = outside + line + 1;
            int close = Next(text, quote + 1);
            while (close >= 0 && close + 1 < text.Length && text[close + 1] == '"')
                close = Next(text, close + 2);
            if (close < 0)
            {
                open = true;
                return end;
            }
            outside = close + 1;
            quote = Next(text, outside);
        }
        int last = text[outside..].LastIndexOf((byte)'\n');
        return last >= 0 ? outside + last + 1 : end;
    }

    /// <summary>Length of the first record at the start of the text, with its line end; 0 where it does not end.</summary>
    public static int FirstRecord(ReadOnlySpan<byte> text, byte delimiter)
    {
        for (int line = text.IndexOf((byte)'\n'); line >= 0;)
        {
            if (WholeRecords(text[..(line + 1)], delimiter, out _, out _) == line + 1)
                return line + 1;
            int next = text[(line + 1)..].IndexOf((byte)'\n');
            line = next < 0 ? -1 : line + 1 + next;
        }
        return 0;
    }

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        if (from >= text.Length)
            return -1;
        int found = text[from..].IndexOf((byte)'"');
        return found < 0 ? -1 : from + found;
    }
}
