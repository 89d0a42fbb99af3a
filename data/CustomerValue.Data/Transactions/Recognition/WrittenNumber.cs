using System.Globalization;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Numbers as people write them: thousands separators, currencies before or after, parentheses, signs behind.</summary>
/// <remarks>
/// Thousands stand in groups of three, or of two before the last three as in India, and are separated by one character throughout: comma, point, blank, no-break or thin
/// blank, or apostrophe.
/// </remarks>
internal static class WrittenNumber
{
    /// <summary>No currency stands beside the number.</summary>
    public const int NoCurrency = -1;

    private const int LongestNumber = 128;

    private enum Sign : byte
    {
        None,
        Digit,
        Group,
        Decimal,
    }

    /// <summary>Whether the text is a finite number with this decimal separator.</summary>
    /// <param name="text">The field in UTF-8.</param>
    /// <param name="separator">A point or a comma.</param>
    /// <param name="value">The number.</param>
    /// <param name="currency">Number of the currency beside it, or <see cref="NoCurrency"/>.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, byte separator, out double value, out int currency)
    {
        (value, currency) = (0, NoCurrency);
        text = TrimBlanks(text);
        if (text.Length is 0 or > LongestNumber)
            return false;
        bool negative = false;
        if (text[0] == '(' && text[^1] == ')')
        {
            negative = true;
            text = TrimBlanks(text[1..^1]);
        }
        int first = text.IndexOfAnyInRange((byte)'0', (byte)'9'), last = text.LastIndexOfAnyInRange((byte)'0', (byte)'9');
        if (first < 0)
            return false;
        if (first > 0 && text[first - 1] == separator)
            first--;
        if (last + 1 < text.Length && text[last + 1] == separator)
            last++;
        int signs = 0;
        if (!TryAround(text[..first], ref negative, ref signs, ref currency) || !TryAround(text[(last + 1)..], ref negative, ref signs, ref currency) || signs > 1)
            return false;
        return TryDigits(text[first..(last + 1)], separator, negative, out value);
    }

    /// <summary>The number within a text, without currency, sign and blanks around it; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Numeral(ReadOnlySpan<byte> text)
    {
        int first = text.IndexOfAnyInRange((byte)'0', (byte)'9'), last = text.LastIndexOfAnyInRange((byte)'0', (byte)'9');
        if (first < 0)
            return [];
        if (first > 0 && text[first - 1] is (byte)'.' or (byte)',')
            first--;
        return text[first..(last + 1)];
    }

    /// <summary>What stands before or behind the digits: a sign and a currency, in either order.</summary>
    private static bool TryAround(ReadOnlySpan<byte> text, ref bool negative, ref int signs, ref int currency)
    {
        text = TrimBlanks(text);
        if (text.IsEmpty)
            return true;
        foreach (bool atStart in (ReadOnlySpan<bool>)[true, false])
            if (SignLength(text, atStart, out bool minus) is var length and > 0)
            {
                negative |= minus;
                signs++;
                text = TrimBlanks(atStart ? text[length..] : text[..^length]);
                break;
            }
        if (text.IsEmpty)
            return true;
        int found = Currencies.Find(text);
        if (found < 0 || (currency >= 0 && currency != found))
            return false;
        currency = found;
        return true;
    }

    private static int SignLength(ReadOnlySpan<byte> text, bool atStart, out bool minus)
    {
        minus = true;
        if (text.IsEmpty)
            return 0;
        byte edge = atStart ? text[0] : text[^1];
        if (edge is (byte)'-' or (byte)'+')
        {
            minus = edge == '-';
            return 1;
        }
        foreach (ReadOnlySpan<byte> sign in new SignTexts())
            if (atStart ? text.StartsWith(sign) : text.EndsWith(sign))
                return sign.Length;
        return 0;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, byte separator, bool negative, out double value)
    {
        value = 0;
        Span<char> plain = stackalloc char[LongestNumber + 1];
        int length = 0, groupDigits = 0, groups = 0;
        bool decimals = false, exponent = false;
        ReadOnlySpan<byte> group = [];
        if (negative)
            plain[length++] = '-';
        for (int at = 0; at < text.Length;)
        {
            byte here = text[at];
            if (char.IsAsciiDigit((char)here))
            {
                plain[length++] = (char)here;
                groupDigits++;
                at++;
            }
            else if (here == separator && !decimals && !exponent)
            {
                if (groups > 0 && groupDigits != 3)
                    return false;
                decimals = true;
                plain[length++] = '.';
                at++;
            }
            else if ((here | 0x20) == 'e' && !exponent && groups == 0 && at > 0)
            {
                exponent = decimals = true;
                plain[length++] = 'E';
                at++;
                if (at < text.Length && text[at] is (byte)'+' or (byte)'-')
                    plain[length++] = (char)text[at++];
            }
            else
            {
                int blank = GroupLength(text[at..], separator);
                if (blank == 0 || decimals || (groups > 0 && !text.Slice(at, blank).SequenceEqual(group)) || groupDigits is 0 or > 3 || (groups > 0 && groupDigits < 2))
                    return false;
                // Two digits between separators are Indian grouping and must end in three.
                group = text.Slice(at, blank);
                groups++;
                groupDigits = 0;
                at += blank;
            }
        }
        if (groups > 0 && !decimals && groupDigits != 3)
            return false;
        return double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Bytes of the thousands separator at the start, or 0.</summary>
    private static int GroupLength(ReadOnlySpan<byte> text, byte separator)
    {
        if (text[0] is (byte)'\'' or (byte)' ' || (text[0] is (byte)'.' or (byte)',' && text[0] != separator))
            return 1;
        return text.StartsWith("\u2019"u8) ? 3 : WideBlank(text);
    }

    private static int WideBlank(ReadOnlySpan<byte> text) =>
        text.StartsWith("\u00A0"u8) ? 2 : text.StartsWith("\u202F"u8) || text.StartsWith("\u2009"u8) ? 3 : 0;

    private static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && (text[0] <= ' ' || WideBlank(text) > 0))
            text = text[Math.Max(1, WideBlank(text))..];
        while (!text.IsEmpty && (text[^1] <= ' ' || text.EndsWith("\u00A0"u8) || text.EndsWith("\u202F"u8) || text.EndsWith("\u2009"u8)))
            text = text[..^(text[^1] <= ' ' ? 1 : text.EndsWith("\u00A0"u8) ? 2 : 3)];
        return text;
    }

    /// <summary>The minus signs beyond ASCII: minus, en dash and the full-width form.</summary>
    private ref struct SignTexts
    {
        private int _next;

        public readonly ReadOnlySpan<byte> Current => _next switch { 1 => "\u2212"u8, 2 => "\u2013"u8, _ => "\uFF0D"u8 };

        public readonly SignTexts GetEnumerator() => this;

        public bool MoveNext() => ++_next <= 3;
    }
}
