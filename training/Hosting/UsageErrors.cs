using System.CommandLine;
using System.CommandLine.Parsing;

namespace CustomerValue.Training.Hosting;

/// <summary>Says what is wrong with a command line, all of it at once, and offers the nearest word for a typing mistake.</summary>
internal static class UsageErrors
{
    private const int FarthestTypo = 2;

    public static string Describe(ParseResult parse, RootCommand root)
    {
        Command command = parse.CommandResult.Command;
        List<string> sentences = [];
        string[] unknowns = [.. parse.UnmatchedTokens, .. command.Options.Select(parse.GetResult).OfType<OptionResult>().SelectMany(option => option.Tokens).Select(token => token.Value).Where(Opt.LooksLikeOption)];
        foreach (string unknown in unknowns)
        {
            string nearest = Known(command, root).OrderBy(word => Distance(unknown, word)).FirstOrDefault(word => Distance(unknown, word) <= FarthestTypo) is { } word
                ? $" Did you mean {word}?" : "";
            sentences.Add($"Found '{unknown}', which {Name(command)} does not know.{nearest}");
        }
        sentences.AddRange(parse.Errors.Select(error => error.Message)
            .Where(message => !unknowns.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal))).Distinct());
        return $"{string.Join(' ', sentences)} See {Name(command)} --help.";
    }

    private static string Name(Command command) => command is RootCommand ? "customer-value"
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Name(parent)} {command.Name}" : command.Name;

    private static IEnumerable<string> Known(Command command, RootCommand root) =>
        command.Subcommands.Select(verb => verb.Name).Concat(command.Options.Concat(root.Options).Select(option => option.Name));

    /// <summary>Insertions, deletions and replacements between two words (Levenshtein).</summary>
    public static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replace = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
