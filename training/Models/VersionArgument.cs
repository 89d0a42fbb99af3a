using System.CommandLine;

namespace CustomerValue.Training.Models;

/// <summary>A version named on the command line.</summary>
internal static class VersionArgument
{
    public static Argument<string> Required(string help) => new("VERSION") { Description = help };

    public static Argument<string?> Optional(string help) => new("VERSION") { Description = help, Arity = ArgumentArity.ZeroOrOne };
}
