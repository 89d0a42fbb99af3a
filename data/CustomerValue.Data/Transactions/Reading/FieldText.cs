using System.Text;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Fields as strings, for the few lines that people see: headers and messages.</summary>
internal static class FieldText
{
    private const int LongestShown = 80;

    /// <summary>Fields of one record, unquoted; the line end is dropped.</summary>
    public static string[] Split(ReadOnlySpan<byte> record, byte delimiter)
    {
        record = record.TrimEnd((byte)'\n').TrimEnd((byte)'\r');
        List<string> fields = [];
        while (true)
        {
            if (record.StartsWith("\""u8))
            {
                int close = 1;
                while (close < record.Length && (record[close] != '"' || (close + 1 < record.Length && record[close + 1] == '"')))
                    close += record[close] == '"' ? 2 : 1;
                close = Math.Min(close, record.Length);
                string quoted = Encoding.UTF8.GetString(record[1..close]).Replace("\"\"", "\"", StringComparison.Ordinal);
                ReadOnlySpan<byte> after = close < record.Length ? record[(close + 1)..] : [];
                int next = after.IndexOf(delimiter);
                fields.Add(quoted + Encoding.UTF8.GetString(next < 0 ? after : after[..next]));
                if (next < 0)
                    return [.. fields];
                record = after[(next + 1)..];
                continue;
            }
            int end = record.IndexOf(delimiter);
            fields.Add(Encoding.UTF8.GetString(end < 0 ? record : record[..end]));
            if (end < 0)
                return [.. fields];
            record = record[(end + 1)..];
        }
    }

    /// <summary>A field as it is shown in a message: at most 80 characters, control characters and broken UTF-8 as replacement characters.</summary>
    public static string Shown(ReadOnlySpan<byte> field)
    {
        string text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 4 * LongestShown)]);
        StringBuilder shown = new(Math.Min(text.Length, LongestShown + 1));
        foreach (char character in text)
        {
            if (shown.Length == LongestShown)
                return shown.Append('…').ToString();
            shown.Append(char.IsControl(character) ? '\uFFFD' : character);
        }
        return shown.ToString();
    }
}
