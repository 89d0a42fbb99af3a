using System.Globalization;
using CustomerValue.Decisions.Uplift;

namespace CustomerValue.Serving.Jobs;

/// <summary>Something that a job may be told, as an option of its verb by the same name.</summary>
/// <param name="Name">Its name in forms and JSON.</param>
/// <param name="Says">What it says.</param>
/// <param name="Expected">What a value looks like.</param>
/// <param name="Holds">Whether a text is such a value.</param>
internal sealed record JobOption(string Name, string Says, string Expected, Predicate<string> Holds)
{
    public const string Score = "score", Recommend = "recommend", Decide = "decide";

    private const int LongestText = 1000;
    private const double MostMoney = 1e12;

    /// <summary>What can be done with a file.</summary>
    public static IReadOnlyList<string> AllVerbs { get; } = [Score, Recommend, Decide];

    /// <summary>The options of all verbs.</summary>
    public static IReadOnlyList<JobOption> All { get; } =
    [
        new("as_of", "First day of the forecast; the day after the last transaction unless given.", "a day such as 2024-02-28", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        new("map", "Which column is what.", "name=column, such as date=InvoiceDate", text => IsText(text) && text.IndexOf('=') > 0) { IsRepeatable = true },
        new("date_format", "How dates are written; found in the file unless given.", "a format such as DD/MM/YYYY", IsText),
        new("decimal", "Character before the decimals; found in the file unless given.", "point or comma", text => text is "point" or "comma" or "." or ","),
        new("time_zone", "Zone that decides on which day a moment lies.", "a zone such as Europe/Berlin", IsText),
        new("sheet", "Sheet of a workbook.", "a sheet's name", IsText),
        new("currency", "The one currency; lines in others are left out.", "a code such as EUR", text => text.Length == 3 && text.All(char.IsAsciiLetter)),
        new("language", "Language of names and reasons.", "en or zh", text => text is "en" or "zh") { Verbs = [Recommend, Decide] },
        new("budget", "Money for the whole plan.", "a number from 0 to 1000000000000", text => IsNumber(text, MostMoney)) { Verbs = [Decide] },
        new("least_return", "Least gain after cost for a unit of money.", "a number from 0 to 1000", text => IsNumber(text, 1000)) { Verbs = [Decide] },
        new("uplift", "Uplift model in the store whose effects take the place of the playbook's.", "a name that uplift train --name gave", UpliftShelf.IsName) { Verbs = [Decide] },
        new("working_days", "Working days that daily capacities are counted over.", "a whole number from 1 to 366", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is >= 1 and <= 366) { Verbs = [Decide] },
    ];

    /// <summary>Whether it may be given more than once.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The verbs that know it.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = AllVerbs;

    /// <summary>The options of a verb.</summary>
    public static IEnumerable<JobOption> Of(string verb) => All.Where(option => option.Verbs.Contains(verb));

    /// <summary>The option and a value as one argument, so that no value is taken for an option.</summary>
    public string Argument(string value) => $"--{Name.Replace('_', '-')}={value}";

    private static bool IsText(string text) => text.Length is > 0 and <= LongestText && !text.Any(char.IsControl);

    private static bool IsNumber(string text, double most) => double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) && number >= 0 && number <= most;
}
