using System.CommandLine;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Tables;

/// <summary>The table named on the command line.</summary>
internal static class TableFileArgument
{
    public static Argument<string?> Create() =>
        new("FILE") { Description = "Delimited text with a header and one row a customer, plain or gzip.", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The table's path.</summary>
    /// <exception cref="UsageException">No table is named.</exception>
    public static string Read(ParseResult parse, Argument<string?> file, CommandEnvironment environment) =>
        environment.PathOf(parse.GetValue(file) ?? throw new UsageException("Found no table, expected FILE, such as contracts.csv."));
}
