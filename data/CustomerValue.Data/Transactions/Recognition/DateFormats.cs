using System.Text;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Date formats as people type them, in the letters of <see cref="Reading.DatePattern"/>: also <c>MM/DD/YYYY</c> and <c>%m/%d/%Y</c>.</summary>
internal static class DateFormats
{
    private static readonly Dictionary<char, string> s_directives = new()
    {
        ['Y'] = "yyyy",
        ['y'] = "yy",
        ['m'] = "MM",
        ['d'] = "dd",
        ['e'] = "d",
        ['b'] = "MMM",
        ['h'] = "MMM",
        ['H'] = "HH",
        ['I'] = "hh",
        ['M'] = "mm",
        ['S'] = "ss",
        ['f'] = "f",
        ['p'] = "tt",
        ['F'] = "yyyy-MM-dd",
        ['T'] = "HH:mm:ss",
        ['D'] = "MM/dd/yy",
        ['z'] = "*",
        ['Z'] = "*",
        ['%'] = "%",
    };

    /// <summary>The format in the letters of <see cref="Reading.DatePattern"/>.</summary>
    public static string Normal(string format) =>
        format.Contains('%', StringComparison.Ordinal) ? FromDirectives(format) : format.AsSpan().ContainsAny('Y', 'D') ? FromCapitals(format) : format;

    private static string FromDirectives(string format)
    {
        StringBuilder normal = new();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                normal.Append(format[i]);
                continue;
            }
            char letter = format[++i];
            if (letter is '-' or '#' && i + 1 < format.Length)
                normal.Append(s_directives.GetValueOrDefault(format[++i], "?")[..1]);
            else
                normal.Append(s_directives.GetValueOrDefault(letter, $"%{letter}"));
        }
        return normal.ToString();
    }

    /// <summary>YYYY-MM-DD HH:MM:SS: what follows the hours are minutes.</summary>
    private static string FromCapitals(string format)
    {
        StringBuilder normal = new();
        bool time = false;
        foreach (char letter in format)
        {
            time |= letter is 'H' or 'h';
            normal.Append(letter switch { 'Y' => 'y', 'D' => 'd', 'S' => 's', 'M' when time => 'm', _ => letter });
        }
        return normal.ToString();
    }
}
