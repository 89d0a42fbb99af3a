using System.Globalization;
using CustomerValue.Models.Evaluation;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Design;

/// <summary>Numbers as people who are no statisticians read them: short, with their unit, intervals in words; a dash where there is none.</summary>
public static class Readable
{
    private const string None = "–";
    private const char Minus = '−';

    /// <summary>Units of thousands in English, of ten thousands in Chinese, greatest first.</summary>
    private static readonly (double Size, string Name)[] s_english = [(1e9, " bn"), (1e6, " M"), (1e3, " k")], s_chinese = [(1e8, "亿"), (1e4, "万")];

    /// <summary>Money or any amount with three digits that count: 5.78 M, 52.2 k, 880; in Chinese 578万.</summary>
    /// <param name="value">The amount.</param>
    /// <param name="language">Language of the unit.</param>
    /// <param name="currency">ISO 4217 code of the currency, whose sign stands after a minus and before the digits, as both languages have it; null for a plain number.</param>
    public static string Money(double value, Language language = Language.English, string? currency = null)
    {
        if (!double.IsFinite(value))
            return None;
        string amount = Amount(value, language);
        return currency is null ? amount : amount[0] == Minus ? Minus + MoneySign.Before(currency, language) + amount[1..] : MoneySign.Before(currency, language) + amount;
    }

    private static string Amount(double value, Language language)
    {
        foreach ((double size, string name) in language == Language.Chinese ? s_chinese : s_english)
            if (Math.Abs(value) >= 0.9995 * size)
                return Signed(Digits(value / size)) + name;
        return Signed(Math.Abs(value) >= 100 || value == Math.Floor(value) ? value.ToString("#,0", CultureInfo.InvariantCulture) : value.ToString(Math.Abs(value) >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture));
    }

    /// <summary>A whole number with its thousands parted.</summary>
    public static string Count(double value) => double.IsFinite(value) ? Signed(value.ToString("#,0", CultureInfo.InvariantCulture)) : None;

    /// <summary>A share as whole percent, with one decimal below 10 %; what is not quite nothing or everything does not read as such.</summary>
    public static string Percent(double share) => !double.IsFinite(share) ? None
        : share is > 0 and < 0.0005 ? "< 0.1 %"
        : share is > 0.9995 and < 1 ? "> 99.9 %"
        : Signed((100 * share).ToString(Math.Abs(share) is >= 0.1 and < 0.995 || share is 0 or 1 ? "0" : "0.0", CultureInfo.InvariantCulture)) + " %";

    /// <summary>An interval in words: between 120 and 480.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="language">Language of the words.</param>
    /// <param name="currency">ISO 4217 code of the currency of both ends; null for plain numbers.</param>
    public static string Between(double low, double high, Language language = Language.English, string? currency = null) => !double.IsFinite(low) || !double.IsFinite(high) ? None
        : language == Language.Chinese ? $"{Money(low, language, currency)}至{Money(high, language, currency)}之间" : $"between {Money(low, language, currency)} and {Money(high, language, currency)}";

    /// <summary>A figure of a model with three digits that count: 75.0, 0.903.</summary>
    public static string Figure(double value) => !double.IsFinite(value) ? None : Signed(value.ToString(Math.Abs(value) >= 100 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture));

    /// <summary>A number without decimals that say nothing: 1.5, 0.017, 3.</summary>
    public static string Number(double value) => !double.IsFinite(value) ? None : Signed(value.ToString(Math.Abs(value) >= 100 ? "#,0" : Math.Abs(value) >= 10 ? "0.#" : "0.###", CultureInfo.InvariantCulture));

    /// <summary>A change with its sign: +0.7, −0.133.</summary>
    public static string Change(double value) => !double.IsFinite(value) ? None : Signed(value.ToString(Math.Abs(value) >= 10 ? "+0.0;-0.0;0" : "+0.###;-0.###;0", CultureInfo.InvariantCulture));

    /// <summary>A change in percent with its sign: +2.5 %.</summary>
    public static string ChangeOf(double share) => !double.IsFinite(share) ? None : Signed((100 * share).ToString(Math.Abs(share) >= 0.1 ? "+0;-0;0" : "+0.0;-0.0;0", CultureInfo.InvariantCulture)) + " %";

    /// <summary>A difference with its interval in words: −0.133, between −0.183 and −0.095.</summary>
    public static string Between(Interval? interval) => interval is null || !double.IsFinite(interval.Estimate) ? None
        : interval is { Estimate: 0, Low: 0, High: 0 } ? "0"
        : $"{Change(interval.Estimate)}, between {Change(interval.Low)} and {Change(interval.High)}";

    /// <summary>A day as 2024-02-28.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Digits(double value) => value.ToString(Math.Abs(value) >= 99.95 ? "#,0" : Math.Abs(value) >= 9.995 ? "0.#" : "0.##", CultureInfo.InvariantCulture);

    private static string Signed(string text) => text.Replace('-', Minus);
}
