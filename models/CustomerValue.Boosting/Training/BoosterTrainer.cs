namespace CustomerValue.Boosting;

/// <summary>Trains boosters.</summary>
public static class BoosterTrainer
{
    /// <summary>Fits a booster and tells how it went.</summary>
    /// <param name="training">What to learn from.</param>
    /// <param name="options">How.</param>
    /// <param name="validation">Rows held out, with the same columns: their loss is recorded each round and stops training early where asked.</param>
    /// <param name="progress">Told after each round.</param>
    /// <param name="cancellation">Looked at before each tree.</param>
    /// <exception cref="InvalidOptionsException">Options outside their range.</exception>
    /// <exception cref="InvalidTrainingDataException">Rows that cannot be learnt from; all problems at once, before any work.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainingResult Fit(TrainingRows training, BoosterOptions options, TrainingRows? validation = null,
        IProgress<BoostingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<TrainingFinding> findings = TrainingCheck.Check(training, options, validation);
        cancellation.ThrowIfCancellationRequested();
        TrainingRows? aligned = validation is null ? null : validation with { Data = ColumnAlignment.ToLevelsOf(training.Data, validation.Data) };
        using BoostingRun run = new(training, options, aligned);
        (Booster model, EvaluationHistory history) = run.Train(progress, cancellation);
        return new(model, history, findings);
    }
}
