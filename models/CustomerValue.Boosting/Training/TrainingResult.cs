namespace CustomerValue.Boosting;

/// <summary>What a training run yields.</summary>
/// <param name="Model">The model, cut to its best round where training stopped early.</param>
/// <param name="History">Losses by round.</param>
/// <param name="Findings">Doubts about the data.</param>
public sealed record TrainingResult(Booster Model, EvaluationHistory History, IReadOnlyList<TrainingFinding> Findings);

/// <summary>Mean weighted losses after each round; lists are empty where nothing was recorded.</summary>
/// <param name="TrainingLoss">On the training rows, with <see cref="BoosterOptions.RecordTrainingLoss"/>.</param>
/// <param name="ValidationLoss">On the validation rows.</param>
/// <param name="BestRound">Rounds kept, counted from 1; all where training did not watch a validation loss.</param>
public sealed record EvaluationHistory(IReadOnlyList<double> TrainingLoss, IReadOnlyList<double> ValidationLoss, int BestRound);
