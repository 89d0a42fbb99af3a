using System.CommandLine;
using CustomerValue.Training.Campaigns;
using CustomerValue.Training.Decide;
using CustomerValue.Training.Demo;
using CustomerValue.Training.Doctor;
using CustomerValue.Training.Drift;
using CustomerValue.Training.Erase;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Features;
using CustomerValue.Training.Fit;
using CustomerValue.Training.Keys;
using CustomerValue.Training.Models;
using CustomerValue.Training.Plan;
using CustomerValue.Training.Recommend;
using CustomerValue.Training.Score;
using CustomerValue.Training.Simulate;
using CustomerValue.Training.Tables;
using CustomerValue.Training.Train;
using CustomerValue.Training.Uplift;
using CustomerValue.Training.Validate;

namespace CustomerValue.Training;

/// <summary>What the program can do; a new verb is one class and one line here.</summary>
internal static class Verbs
{
    public static IReadOnlyList<Command> All() =>
    [
        new DemoVerb(),
        new SimulateVerb(),
        new ValidateVerb(),
        new FeaturesVerb(),
        new FitVerb(),
        new EvaluateVerb(),
        new TrainVerb(),
        new ScoreVerb(),
        new RecommendVerb(),
        new DecideVerb(),
        new PlanVerb(),
        CampaignCommand.Create(),
        UpliftCommand.Create(),
        ModelsCommand.Create(),
        KeysCommand.Create(),
        new EraseVerb(),
        new DriftVerb(),
        TableCommand.Create(),
        new DoctorVerb(),
    ];
}
