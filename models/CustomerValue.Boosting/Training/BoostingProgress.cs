namespace CustomerValue.Boosting;

/// <summary>Reported after each round.</summary>
/// <param name="Round">Rounds done, from 1.</param>
/// <param name="Rounds">Rounds asked for.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="Elapsed">Time since training began, binning included.</param>
/// <param name="TrainingLoss">Mean loss on the training rows, where recorded.</param>
/// <param name="ValidationLoss">Mean loss on the validation rows, where given.</param>
public sealed record BoostingProgress(int Round, int Rounds, int Rows, TimeSpan Elapsed, double? TrainingLoss, double? ValidationLoss);
