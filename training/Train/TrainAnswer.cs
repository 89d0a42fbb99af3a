using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Score;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Train;

/// <summary>What <c>train --json</c> gives.</summary>
/// <param name="Version">The version that was saved.</param>
/// <param name="Promoted">Whether it serves now.</param>
/// <param name="Store">Folder of the store.</param>
/// <param name="Model">Name of the champion candidate.</param>
/// <param name="ModelHash">Hash of the model files: equal for equal models.</param>
/// <param name="Cutoff">Everything before this day was learnt from.</param>
/// <param name="HorizonDays">Days ahead that are predicted.</param>
/// <param name="BeatsNaive">Whether the champion beats the best naive rule on most headline figures; null where nothing was measured.</param>
/// <param name="Comparisons">The headline figures beside the best naive rule's.</param>
/// <param name="Evaluation">The race, as <c>evaluate --json</c> gives it; null where nothing was measured.</param>
/// <param name="Scores">Everyone's scores in sum; null where the version was not promoted.</param>
/// <param name="Findings">Doubts about data and fits.</param>
internal sealed record TrainAnswer(
    string Version,
    bool Promoted,
    string Store,
    string Model,
    string ModelHash,
    DateOnly Cutoff,
    int HorizonDays,
    bool? BeatsNaive,
    IReadOnlyList<ComparedFigure> Comparisons,
    RaceReport? Evaluation,
    ScoreAnswer? Scores,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>The strategy that travels with the version.</summary>
    public required StrategyAnswer Strategy { get; init; }

    public static TrainAnswer Of(TrainingOutcome outcome, string store, string book) => new(
        outcome.Manifest.Version,
        outcome.Promoted,
        store,
        outcome.Manifest.Model,
        outcome.Manifest.ModelHash,
        outcome.Manifest.Cutoff,
        outcome.Manifest.HorizonDays,
        outcome.Verdict?.Beats,
        outcome.Verdict?.Comparisons ?? [],
        outcome.Race.Report,
        outcome.Scored is null ? null : ScoreAnswer.Of(outcome.Scored, null, book),
        outcome.Findings)
    {
        Strategy = StrategyAnswer.Of(outcome.Strategy),
    };
}
