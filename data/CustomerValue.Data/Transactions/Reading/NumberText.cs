using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Decimal numbers from bytes, correctly rounded.</summary>
/// <remarks>
/// A mantissa up to 2^53 over a power of ten up to 1e22 is the quotient of two exact doubles, so one division rounds it correctly
/// (Clinger 1990, the fast path). Anything else goes to <see cref="double.TryParse(ReadOnlySpan{char}, NumberStyles, IFormatProvider?, out double)"/>.
/// </remarks>
internal static class NumberText
{
    private const int LongestNumber = 512;

    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Whether the text is up to eight digits with or without one separator among them; what is not may still be a number.</summary>
    /// <remarks>
    /// All bytes at once, without a branch that depends on how many there are: digits are moved to the end of a word behind zeros, those before the separator
    /// once more by one byte over it, and pairs, fours and eights are added up by three multiplications.
    /// </remarks>
    /// <param name="text">A piece of a buffer behind which at least eight bytes can be read.</param>
    /// <param name="separator">A point or a comma.</param>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParseShort(ReadOnlySpan<byte> text, byte separator, out double value)
    {
        const ulong Zeros = 0x3030303030303030, Ones = 0x0101010101010101, HighBits = 0x8080808080808080;
        value = 0;
        if ((uint)(text.Length - 1) >= sizeof(ulong) || !BitConverter.IsLittleEndian)
            return false;
        int free = 8 * (sizeof(ulong) - text.Length);
        ulong word = (Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(text)) << free) ^ (Zeros << free);
        ulong separators = word ^ (Ones * (byte)(separator ^ '0'));
        separators = (separators - Ones) & ~separators & HighBits;
        int decimals = 0;
        if (separators != 0)
        {
            // The lowest mark is exact; a second separator is no digit and fails below.
            int at = BitOperations.TrailingZeroCount(separators) - 7;
            ulong before = (1UL << at) - 1;
            decimals = 7 - at / 8;
            word = (word & ~(before | (0xFFUL << at))) | ((word & before) << 8);
        }
        if ((((word + 0x7676767676767676) | word) & HighBits) != 0 || text.Length == 1 && separators != 0)
            return false;
        word = word * 10 + (word >> 8);
        ulong mantissa = ((word & 0x000000FF000000FF) * 0x000F424000000064 + ((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >> 32;
        value = decimals == 0 ? mantissa : mantissa / Unsafe.Add(ref MemoryMarshal.GetReference(PowersOfTen), decimals);
        return true;
    }

    /// <summary>Whether the text is a finite number with this decimal separator and no thousands separators.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, byte separator, out double value)
    {
        int at = 0;
        bool negative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            at = 1;
        }
        ulong mantissa = 0;
        int firstDigit = at, point = -1;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)text[at] - '0';
            if (digit <= 9)
                mantissa = mantissa * 10 + digit;
            else if (text[at] == separator && point < 0)
                point = at;
            else
                return TryParseSlowly(text, separator, out value);
        }
        int digits = at - firstDigit - (point < 0 ? 0 : 1);
        int decimals = point < 0 ? 0 : at - point - 1;
        if ((uint)(digits - 1) >= 19 || mantissa > 1UL << 53)
            return TryParseSlowly(text, separator, out value);
        value = mantissa;
        if (decimals > 0)
            value /= PowersOfTen[decimals];
        if (negative)
            value = -value;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryParseSlowly(ReadOnlySpan<byte> text, byte separator, out double value)
    {
        value = 0;
        if (text.Length is 0 or > LongestNumber)
            return false;
        Span<char> characters = stackalloc char[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] >= 0x80 || (text[i] is (byte)'.' && separator != '.'))
                return false;
            characters[i] = text[i] == separator ? '.' : (char)text[i];
        }
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(characters, Styles, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
