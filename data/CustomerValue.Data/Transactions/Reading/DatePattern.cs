using System.Globalization;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>A date format such as <c>dd/MM/yyyy HH:mm</c>, compiled once and applied to bytes. Only the day is kept.</summary>
internal sealed class DatePattern
{
    private static readonly string[] s_months = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[..12];

    private readonly List<(char Kind, int Count)> _parts;

    /// <summary>Takes a format for which <see cref="ProblemWith"/> finds nothing.</summary>
    public DatePattern(string format)
    {
        Format = format;
        _parts = Split(format);
    }

    public string Format { get; }

    /// <summary>Whether years have four digits.</summary>
    public bool HasLongYear => _parts.Exists(part => part is { Kind: 'y', Count: 4 });

    /// <summary>What is wrong with a format, as the second half of a sentence, or null.</summary>
    public static string? ProblemWith(string format)
    {
        List<(char Kind, int Count)> parts = Split(format);
        foreach ((char kind, int count) in parts)
        {
            bool known = kind switch
            {
                'y' => count is 2 or 4,
                'M' => count <= 3,
                'd' or 'H' or 'h' or 'm' or 's' => count <= 2,
                't' => count == 2,
                _ => true,
            };
            if (!known || (char.IsAsciiLetter(kind) && !"yMdHhmsftTZ".Contains(kind, StringComparison.Ordinal)))
                return $"expected yyyy, yy, MMM, MM, M, dd, d, HH, H, hh, h, mm, m, ss, s, f or tt instead of '{new string(kind, count)}'";
            if (!char.IsAscii(kind))
                return "expected ASCII characters only";
        }
        foreach (char needed in "yMd")
            if (parts.Count(part => part.Kind == needed) != 1)
                return $"expected exactly one {needed switch { 'y' => "year (yyyy)", 'M' => "month (MM)", _ => "day (dd)" }}";
        return null;
    }

    /// <summary>A date in this format, for messages.</summary>
    public string Example => Format.Replace("*", string.Empty, StringComparison.Ordinal) is { Length: > 1 } plain
        ? new DateTime(2024, 2, 28, 13, 45, 0).ToString(plain, CultureInfo.InvariantCulture)
        : Format;

    /// <summary>Whether the whole text matches; <paramref name="dayNumber"/> is then its day.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        int at = 0, year = 0, month = 0, day = 0;
        foreach ((char kind, int count) in _parts)
        {
            switch (kind)
            {
                case '*':
                    at = text.Length;
                    continue;
                case 'M' when count == 3:
                    if (!TryMonth(text, ref at, out month))
                        return false;
                    continue;
                case 'f':
                    while (at < text.Length && char.IsAsciiDigit((char)text[at]))
                        at++;
                    continue;
                case 't':
                    if (at + 2 > text.Length || (text[at] | 0x20) is not ('a' or 'p') || (text[at + 1] | 0x20) != 'm')
                        return false;
                    at += 2;
                    continue;
                case 'y' or 'M' or 'd' or 'H' or 'h' or 'm' or 's':
                    int most = kind == 'y' ? count : 2;
                    if (!TryDigits(text, ref at, count, most, out int value))
                        return false;
                    switch (kind)
                    {
                        case 'y':
                            year = count == 4 ? value : value + (value <= 68 ? 2000 : 1900);
                            break;
                        case 'M':
                            month = value;
                            break;
                        case 'd':
                            day = value;
                            break;
                        case 'H' or 'h' when value > 24:
                        case 'm' or 's' when value > 60:
                            return false;
                    }
                    continue;
                default:
                    for (int repeat = 0; repeat < count; repeat++, at++)
                        if (at >= text.Length || text[at] != kind)
                            return false;
                    continue;
            }
        }
        return at == text.Length && DateText.TryDay(year, month, day, out dayNumber);
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, ref int at, int fewest, int most, out int value)
    {
        value = 0;
        int digits = 0;
        while (digits < most && at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            value = value * 10 + text[at++] - '0';
            digits++;
        }
        return digits >= fewest;
    }

    private static bool TryMonth(ReadOnlySpan<byte> text, ref int at, out int month)
    {
        month = 0;
        if (at + 3 > text.Length)
            return false;
        for (int candidate = 0; candidate < 12; candidate++)
            if ((text[at] | 0x20) == (s_months[candidate][0] | 0x20) && (text[at + 1] | 0x20) == s_months[candidate][1] && (text[at + 2] | 0x20) == s_months[candidate][2])
                month = candidate + 1;
        at += 3;
        return month > 0;
    }

    private static List<(char Kind, int Count)> Split(string format)
    {
        List<(char, int)> parts = [];
        for (int i = 0; i < format.Length;)
        {
            int end = i + 1;
            while (end < format.Length && format[end] == format[i])
                end++;
            parts.Add((format[i], end - i));
            i = end;
        }
        return parts;
    }
}
