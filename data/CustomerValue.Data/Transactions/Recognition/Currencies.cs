using System.Text;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Signs and codes of currencies as they stand beside amounts.</summary>
internal static class Currencies
{
    private static readonly (string Sign, string Code)[] s_signs =
    [
        ("US$", "USD"), ("R$", "BRL"), ("A$", "AUD"), ("AU$", "AUD"), ("C$", "CAD"), ("CA$", "CAD"), ("NZ$", "NZD"), ("HK$", "HKD"), ("S$", "SGD"), ("MX$", "MXN"),
        ("$", "$"), ("€", "EUR"), ("£", "GBP"), ("¥", "¥"), ("￥", "¥"), ("₹", "INR"), ("Rs.", "INR"), ("Rs", "INR"), ("₩", "KRW"), ("₽", "RUB"), ("₺", "TRY"),
        ("₪", "ILS"), ("₫", "VND"), ("₱", "PHP"), ("₴", "UAH"), ("฿", "THB"), ("zł", "PLN"), ("Kč", "CZK"), ("Ft", "HUF"), ("kr.", "kr"), ("kr", "kr"),
        ("Fr.", "CHF"), ("SFr.", "CHF"), ("元", "CNY"), ("円", "JPY"), ("лв", "BGN"), ("lei", "RON"),
    ];

    private static readonly string[] s_codes =
    [
        "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY",
        "KES", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RMB", "RON", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY",
        "TWD", "UAH", "USD", "VND", "ZAR",
    ];

    private static readonly (byte[] Text, int Index)[] s_known;

    /// <summary>Codes in the order of their numbers.</summary>
    public static readonly string[] All;

    static Currencies()
    {
        All = [.. s_codes.Concat(s_signs.Select(sign => sign.Code)).Distinct(StringComparer.Ordinal)];
        s_known = [.. s_signs.Concat(s_codes.SelectMany(code => new[] { (code, code), (code.ToLowerInvariant(), code) }))
            .Select(pair => (Encoding.UTF8.GetBytes(pair.Item1), Array.IndexOf(All, pair.Item2))).OrderByDescending(pair => pair.Item1.Length)];
    }

    /// <summary>Number of the currency whose sign or code is the whole text, or -1.</summary>
    public static int Find(ReadOnlySpan<byte> text)
    {
        foreach ((byte[] known, int index) in s_known)
            if (text.SequenceEqual(known))
                return index;
        return -1;
    }

    /// <summary>The code that a sign, a code in any case, or any other word stands for.</summary>
    public static string Code(string word) => Find(Encoding.UTF8.GetBytes(word.Trim())) is var index and >= 0 ? All[index] : word.Trim().ToUpperInvariant();
}
