using System.CommandLine;
using System.CommandLine.Parsing;
using CustomerValue.Data.Expressions;

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
            string nearest = Known(command, root).OrderBy(word => NearestName.Distance(unknown, word)).FirstOrDefault(word => NearestName.Distance(unknown, word) <= FarthestTypo) is { } word
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
}
