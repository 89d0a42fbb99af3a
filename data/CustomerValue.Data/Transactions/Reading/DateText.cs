using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Year-first dates from bytes: <c>2024-02-28</c>, <c>2024/02/28</c> or <c>20240228</c>, with or without a time after a T or a blank.</summary>
/// <remarks>The day is the one written; a time zone does not move it. Days are <see cref="DateOnly.DayNumber"/>s.</remarks>
internal static class DateText
{
    /// <summary>The years a log may hold.</summary>
    public const int FirstYear = 1900, LastYear = 2200;

    private const ulong HighBits = 0x8080808080808080;

    /// <summary>Day number of the first day of each month, and of the month after the last.</summary>
    private static readonly int[] s_monthStarts = [.. Enumerable.Range(0, (LastYear - FirstYear + 1) * 12 + 1)
        .Select(month => new DateOnly(FirstYear + month / 12, month % 12 + 1, 1).DayNumber)];

    /// <summary>Day number of a calendar day within the years allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDay(int year, int month, int day, out int dayNumber)
    {
        dayNumber = 0;
        if ((uint)(month - 1) >= 12 || (uint)(year - FirstYear) > LastYear - FirstYear)
            return false;
        int index = (year - FirstYear) * 12 + month - 1;
        dayNumber = s_monthStarts[index] + day - 1;
        return day >= 1 && dayNumber < s_monthStarts[index + 1];
    }

    /// <summary>Whether the text is a year-first date; <paramref name="dayNumber"/> is then its day.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        if (text.Length >= 10 && BitConverter.IsLittleEndian)
        {
            // yyyy-MM- in one word: digits become 0..9 and dashes 0, and any other byte leaves a high bit after the additions.
            ulong word = MemoryMarshal.Read<ulong>(text) ^ 0x2D30302D30303030;
            uint tens = (uint)text[8] - '0', ones = (uint)text[9] - '0';
            if ((((word + 0x7F76767F76767676) | word) & HighBits) == 0 && tens <= 9 && ones <= 9)
            {
                int year = (int)((word & 0xFF) * 1000 + ((word >> 8) & 0xFF) * 100 + ((word >> 16) & 0xFF) * 10 + ((word >> 24) & 0xFF));
                int month = (int)(((word >> 40) & 0xFF) * 10 + ((word >> 48) & 0xFF));
                return TryDay(year, month, (int)(tens * 10 + ones), out dayNumber) && (text.Length == 10 || IsTime(text[10..]));
            }
        }
        return TryParseOther(text, out dayNumber);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryParseOther(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        bool separated = text.Length >= 10 && text[4] is (byte)'/' or (byte)'-' && text[7] == text[4];
        int length = separated ? 10 : 8;
        if (text.Length < length)
            return false;
        int month = separated ? 5 : 4, day = separated ? 8 : 6;
        return TryDigits(text[..4], out int y) && TryDigits(text.Slice(month, 2), out int m) && TryDigits(text.Slice(day, 2), out int d)
            && TryDay(y, m, d, out dayNumber) && (text.Length == length || IsTime(text[length..]));
    }

    /// <summary>A T or blank, HH:mm, and then seconds, fractions or a zone; a compact HHmm as well.</summary>
    private static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 5 || text[0] is not ((byte)' ' or (byte)'T' or (byte)'t') || !TryDigits(text.Slice(1, 2), out int hour))
            return false;
        int minuteAt = text[3] == ':' ? 4 : 3;
        if (text.Length < minuteAt + 2 || !TryDigits(text.Slice(minuteAt, 2), out int minute) || hour > 24 || minute > 59)
            return false;
        foreach (byte character in text[(minuteAt + 2)..])
            if ((uint)character - '0' > 9 && character is not ((byte)':' or (byte)'.' or (byte)',' or (byte)'+' or (byte)'-' or (byte)'Z' or (byte)'z' or (byte)' '))
                return false;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte character in text)
        {
            if ((uint)character - '0' > 9)
                return false;
            value = value * 10 + character - '0';
        }
        return true;
    }
}
