using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Score;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Train;

/// <summary>What <c>train --json</c> gives.</summary>
internal sealed record TrainAnswer
{
    /// <summary>The version that was saved.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it serves now.</summary>
    public required bool Promoted { get; init; }

    /// <summary>Folder of the store.</summary>
    public required string Store { get; init; }

    /// <summary>Name of the champion candidate.</summary>
    public required string Model { get; init; }

    /// <summary>Hash of the model files: equal for equal models.</summary>
    public required string ModelHash { get; init; }

    /// <summary>Everything before this day was learnt from.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Days ahead that are predicted.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Whether the champion beats the best naive rule on most headline figures; null where nothing was measured.</summary>
    public required bool? BeatsNaive { get; init; }

    /// <summary>The headline figures beside the best naive rule's.</summary>
    public required IReadOnlyList<ComparedFigure> Comparisons { get; init; }

    /// <summary>The race, as <c>evaluate --json</c> gives it; null where nothing was measured.</summary>
    public required RaceReport? Evaluation { get; init; }

    /// <summary>What lifetime values said a year before the cutoff, and what came, or why that is not known.</summary>
    public required LifetimeBacktest LifetimeBacktest { get; init; }

    /// <summary>Everyone's scores in sum; null where the version was not promoted.</summary>
    public required ScoreAnswer? Scores { get; init; }

    /// <summary>Doubts about data and fits.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The strategy that travels with the version.</summary>
    public required StrategyAnswer Strategy { get; init; }

    public static TrainAnswer Of(TrainingOutcome outcome, string store, string book) => new()
    {
        Version = outcome.Manifest.Version,
        Promoted = outcome.Promoted,
        Store = store,
        Model = outcome.Manifest.Model,
        ModelHash = outcome.Manifest.ModelHash,
        Cutoff = outcome.Manifest.Cutoff,
        HorizonDays = outcome.Manifest.HorizonDays,
        BeatsNaive = outcome.Verdict?.Beats,
        Comparisons = outcome.Verdict?.Comparisons ?? [],
        Evaluation = outcome.Race.Report,
        LifetimeBacktest = outcome.Race.LifetimeBacktest!,
        Scores = outcome.Scored is null ? null : ScoreAnswer.Of(outcome.Scored, null, book),
        Findings = outcome.Findings,
        Strategy = StrategyAnswer.Of(outcome.Strategy),
    };
}
