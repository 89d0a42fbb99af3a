using System.CommandLine;
using CustomerValue.Training.Commands.Models;
using CustomerValue.Training.Commands.Tables;

namespace CustomerValue.Training.Commands;

/// <summary>What the program can do; a new verb is one class and one line here.</summary>
internal static class Verbs
{
    public static IReadOnlyList<Command> All() =>
    [
        new DemoVerb(),
        new SimulateVerb(),
        new ValidateVerb(),
        new FitVerb(),
        new EvaluateVerb(),
        new TrainVerb(),
        new ScoreVerb(),
        new RecommendVerb(),
        ModelsCommand.Create(),
        new DriftVerb(),
        TableCommand.Create(),
        new DoctorVerb(),
    ];
}
