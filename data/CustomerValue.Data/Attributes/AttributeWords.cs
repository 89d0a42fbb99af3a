using System.Globalization;

namespace CustomerValue.Data.Attributes;

/// <summary>Understands the text of one attribute value.</summary>
internal static class AttributeWords
{
    private static readonly HashSet<string> s_blank = new(["", "NA", "N/A", "NULL", "NaN", "-"], StringComparer.OrdinalIgnoreCase);

    public static bool IsMissing(string text) => s_blank.Contains(text.Trim());

    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static bool TryDay(string text, IReadOnlyList<string> formats, out double dayNumber)
    {
        bool known = DateTime.TryParseExact(text.Trim(), [.. formats], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment);
        dayNumber = known ? DateOnly.FromDateTime(moment).DayNumber : double.NaN;
        return known;
    }
}
