using System.Globalization;
using System.Text;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Which character stands before the decimals of a file: all its numbers together decide.</summary>
internal static class NumberRecognition
{
    /// <summary>What one number says.</summary>
    private enum Evidence
    {
        None,
        Point,
        Comma,

        /// <summary>One point with three digits behind: decimals or thousands.</summary>
        OnePoint,

        /// <summary>One comma with three digits behind.</summary>
        OneComma,
    }

    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">Names of the numeric columns and their sampled values; the money comes first.</param>
    /// <param name="findings">Takes what was decided by evidence alone.</param>
    /// <exception cref="BadDataException">Two readings fit.</exception>
    public static char Separator(string path, IReadOnlyList<(string Name, IReadOnlyList<string> Values)> columns, ICollection<Finding> findings)
    {
        int[] counts = new int[Enum.GetValues<Evidence>().Length];
        foreach ((string _, IReadOnlyList<string> values) in columns)
            foreach (string value in values)
                counts[(int)Of(value)]++;
        int points = counts[(int)Evidence.Point], commas = counts[(int)Evidence.Comma];
        if (points > 0 || commas > 0)
            return commas > points ? ',' : '.';
        int onePoints = counts[(int)Evidence.OnePoint], oneCommas = counts[(int)Evidence.OneComma];
        if (onePoints == 0 && oneCommas == 0)
            return '.';
        if (onePoints > 0 && oneCommas > 0)
            return '.';
        Evidence doubtful = onePoints > 0 ? Evidence.OnePoint : Evidence.OneComma;
        (string name, IReadOnlyList<string> sample) = columns.First(column => column.Values.Any(value => Of(value) == doubtful));
        string example = sample.First(value => Of(value) == doubtful);
        (char mark, char other) = doubtful == Evidence.OnePoint ? ('.', ',') : (',', '.');
        string plain = Encoding.UTF8.GetString(WrittenNumber.Numeral(Encoding.UTF8.GetBytes(example)));
        string asThousands = plain.Replace(mark.ToString(), "", StringComparison.Ordinal), asDecimals = double.Parse(plain.Replace(mark, '.'), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        string word = mark == '.' ? "point" : "comma";
        // Decimals are written with as many digits throughout or as few as needed; whole numbers beside numbers with exactly three digits are thousands.
        if (sample.Any(value => Of(value) == Evidence.None && value.Any(char.IsAsciiDigit)) && sample.Where(value => Of(value) == Evidence.None).All(IsBelowThousand))
        {
            findings.Add(new Finding("thousands-by-evidence", Severity.Warning,
                $"{path}, column '{name}': numbers such as '{example}' are read as {asThousands}: numbers below a thousand have no {word}, and where there is one, three digits follow.",
                $"Nothing, if that is right; otherwise say --decimal {word}."));
            return other;
        }
        throw new BadDataException(
            $"{path}, column '{name}': found numbers such as '{example}', which fit {asDecimals} (decimals after a {word}) and {asThousands} (thousands), expected numbers that fit one reading; say which with --decimal point or --decimal comma.");
    }

    private static bool IsBelowThousand(string value) => value.Count(char.IsAsciiDigit) <= 3;

    private static Evidence Of(string value)
    {
        if (value.AsSpan().ContainsAny('E', 'e') && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return value.Contains('.', StringComparison.Ordinal) ? Evidence.Point : Evidence.None;
        string text = Encoding.UTF8.GetString(WrittenNumber.Numeral(Encoding.UTF8.GetBytes(value)));
        int points = text.Count(character => character == '.'), commas = text.Count(character => character == ',');
        if (points == 0 && commas == 0)
            return Evidence.None;
        if (points > 0 && commas > 0)
            return text.LastIndexOf('.') > text.LastIndexOf(',') ? Evidence.Point : Evidence.Comma;
        (int count, char mark) = points > 0 ? (points, '.') : (commas, ',');
        if (count > 1)
            return mark == '.' ? Evidence.Comma : Evidence.Point;
        int at = text.IndexOf(mark, StringComparison.Ordinal), behind = text.Length - at - 1;
        bool grouped = text.Any(character => !char.IsAsciiDigit(character) && character != mark);
        if (behind != 3 || grouped || at is 0 or > 3 || text[0] == '0')
            return mark == '.' ? Evidence.Point : Evidence.Comma;
        return mark == '.' ? Evidence.OnePoint : Evidence.OneComma;
    }
}
