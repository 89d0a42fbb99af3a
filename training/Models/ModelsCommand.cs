using System.CommandLine;

namespace CustomerValue.Training.Models;

/// <summary><c>models</c>: what is in the store, and which version serves.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "List, show, promote, roll back, try, sign, verify and export the versions in the store.")
    {
        new ListVerb(),
        new ShowVerb(),
        new PromoteVerb(),
        new RollbackVerb(),
        new ChallengeVerb(),
        new SignVerb(),
        new VerifyVerb(),
        new ExportVerb(),
    };
}
