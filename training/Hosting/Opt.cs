using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CustomerValue.Training.Hosting;

/// <summary>Makes options whose errors say what was found and what was expected.</summary>
internal static class Opt
{
    public static Option<bool> Flag(string name, string help) => new(name) { Description = help };

    public static Option<string?> Text(string name, string placeholder, string help) =>
        new(name) { Description = help, HelpName = placeholder };

    public static Option<string> Text(string name, string placeholder, string help, string fallback) =>
        new(name) { Description = help, HelpName = placeholder, DefaultValueFactory = _ => fallback };

    /// <summary>Several values; a mistyped option after them is not taken for one.</summary>
    public static Option<string[]> Texts(string name, string placeholder, string help)
    {
        Option<string[]> option = new(name) { Description = help, HelpName = placeholder, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        option.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => LooksLikeOption(token.Value)))
                result.AddError($"{name}: found '{token.Value}', expected a value.");
        });
        return option;
    }

    /// <summary>Several values, each with the option's name before it: what stands behind the first is an argument of the command, and no output goes over an input.</summary>
    public static Option<string[]> Repeated(string name, string placeholder, string help) =>
        new(name) { Description = help, HelpName = placeholder, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false, DefaultValueFactory = _ => [] };

    /// <summary>Whether a value was probably meant as an option.</summary>
    public static bool LooksLikeOption(string value) => value.StartsWith("--", StringComparison.Ordinal);

    public static Option<int> Integer(string name, string help, int fallback, int min, int max) => new(name)
    {
        Description = $"{help} {min} to {max}.",
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => ParseInteger(result, name, min, max) ?? fallback,
    };

    public static Option<int?> Integer(string name, string help, int min, int max) => new(name)
    {
        Description = $"{help} {min} to {max}.",
        HelpName = "N",
        CustomParser = result => ParseInteger(result, name, min, max),
    };

    public static Option<double> Number(string name, string help, double fallback, double min, double max) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{help} {min} to {max}."),
        HelpName = "X",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max
            ? value
            : Refuse<double>(result, name, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}, such as {fallback}")),
    };

    public static Option<DateOnly?> Date(string name, string help) => new(name)
    {
        Description = help,
        HelpName = "DATE",
        CustomParser = result => TryDay(result.Tokens[0].Value, out DateOnly day) ? day : Refuse<DateOnly?>(result, name, DayExpected),
    };

    /// <summary>Several days.</summary>
    public static Option<DateOnly[]> Dates(string name, string help) => new(name)
    {
        Description = help,
        HelpName = "DATE",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            List<DateOnly> days = [];
            foreach (Token token in result.Tokens)
                if (TryDay(token.Value, out DateOnly day))
                    days.Add(day);
                else
                    result.AddError($"{name}: found '{token.Value}', expected {DayExpected}.");
            return [.. days];
        },
    };

    /// <summary>One of a few words; the first is the default.</summary>
    public static Option<Choice<T>> Choice<T>(string name, string help, params Choice<T>[] choices)
    {
        string words = string.Join('|', choices.Select(choice => choice.Word));
        Option<Choice<T>> option = new(name)
        {
            Description = help,
            HelpName = words,
            DefaultValueFactory = _ => choices[0],
            CustomParser = result => Array.Find(choices, choice => choice.Word == result.Tokens[0].Value)
                ?? Refuse<Choice<T>>(result, name, $"one of {words.Replace("|", ", ", StringComparison.Ordinal)}"),
        };
        option.CompletionSources.Add([.. choices.Select(choice => choice.Word)]);
        return option;
    }

    /// <summary>One of a few words that stand for themselves; the first is the default.</summary>
    public static Option<Choice<string>> Choice(string name, string help, params string[] words) =>
        Choice(name, help, Array.ConvertAll(words, word => new Choice<string>(word, word)));

    /// <summary>What the chosen word stands for.</summary>
    public static T Chosen<T>(this ParseResult parse, Option<Choice<T>> option) => parse.GetRequiredValue(option).Value;

    /// <summary>Anything else that one word stands for; the parser throws <see cref="FormatException"/> with what was expected.</summary>
    public static Option<T?> Parsed<T>(string name, string placeholder, string help, Func<string, T> parse) => new(name)
    {
        Description = help,
        HelpName = placeholder,
        CustomParser = result =>
        {
            try
            {
                return parse(result.Tokens[0].Value);
            }
            catch (FormatException error)
            {
                return Refuse<T>(result, name, error.Message);
            }
        },
    };

    private const string DayExpected = "a day of the calendar such as 2024-02-28";

    private static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Whether the option was given, on the command line or in the configuration file.</summary>
    public static bool IsGiven(this ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };

    private static int? ParseInteger(ArgumentResult result, string name, int min, int max) =>
        int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max
            ? value
            : Refuse<int?>(result, name, $"a whole number from {min} to {max}");

    private static T? Refuse<T>(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name}: found '{result.Tokens[0].Value}', expected {expected}.");
        return default;
    }
}

/// <summary>A word and what it stands for.</summary>
internal sealed record Choice<T>(string Word, T Value)
{
    /// <summary>The word, as help shows it.</summary>
    public override string ToString() => Word;
}
