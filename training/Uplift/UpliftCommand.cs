using System.CommandLine;

namespace CustomerValue.Training.Uplift;

/// <summary><c>uplift</c>: learns from an experiment whom a treatment changes.</summary>
internal static class UpliftCommand
{
    public static Command Create() => new("uplift", "Learn from an experiment whom a treatment changes, measure it against chance, and score customers by it.")
    {
        new UpliftEvaluateVerb(),
        new UpliftTrainVerb(),
        new UpliftScoreVerb(),
    };
}
