namespace CustomerValue.Boosting;

/// <summary>Chooses, on rows held out, how many rounds to train and which of several shapes of trees to grow.</summary>
/// <remarks>
/// Too few rounds leave signal behind and too many learn noise, and which of the two a number of rounds is depends on the table: a table of a few
/// thousand noisy contracts is best at some hundred shallow trees, one where classes are nearly separable still gains after thousands of deep ones.
/// The rows that are held out here may not be among those that the figures of the final model are reckoned on.
/// </remarks>
public static class BoosterTuner
{
    private const int Parts = 5, PartsTriedOfSmallTable = 3, PartsTriedOfLargeTable = 1;

    /// <summary>Shapes worth trying on a table, simplest first: each may run for long and stops when its held-out loss no longer falls.</summary>
    /// <param name="objective">What is learnt.</param>
    /// <param name="rows">Rows of the table; up to <see cref="BoosterOptions.MostSmallRows"/> steps are small and rows and columns are drawn.</param>
    public static IReadOnlyList<BoosterOptions> Candidates(Objective objective, int rows)
    {
        if (rows > BoosterOptions.MostSmallRows)
            return [new() { Objective = objective, Rounds = 2000, EarlyStoppingRounds = 30 }];
        BoosterOptions shallow = BoosterOptions.ForSmallData(objective) with { Rounds = 4000, EarlyStoppingRounds = 100 };
        return [shallow, shallow with { MaxDepth = 6, MaxLeaves = 31 }];
    }

    /// <summary>The candidate with the least held-out loss, its rounds those at which the loss is least and without early stopping: ready to train on all rows.</summary>
    /// <remarks>The rows are dealt into five parts of equal label mix; up to <see cref="BoosterOptions.MostSmallRows"/> rows three of them are held out in turn
    /// and their losses averaged round by round, above that one. A later candidate is taken only where its loss is lower.</remarks>
    /// <param name="rows">What to learn from; five rows and more.</param>
    /// <param name="candidates">Options to try, simplest first, each with rounds to stop after.</param>
    /// <param name="progress">Told after each trial.</param>
    /// <param name="cancellation">Looked at before each tree.</param>
    /// <exception cref="ArgumentException">No candidate, or one that does not stop early.</exception>
    /// <exception cref="InvalidOptionsException">Options outside their range.</exception>
    /// <exception cref="InvalidTrainingDataException">Rows that cannot be learnt from.</exception>
    public static TunedOptions Choose(TrainingRows rows, IReadOnlyList<BoosterOptions> candidates,
        IProgress<TuningProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(candidates);
        if (candidates.Count == 0 || candidates.Any(candidate => candidate.EarlyStoppingRounds == 0))
            throw new ArgumentException($"Found {candidates.Count} candidates, {candidates.Count(candidate => candidate.EarlyStoppingRounds == 0)} of them without {nameof(BoosterOptions.EarlyStoppingRounds)}; expected one or more that stop early.", nameof(candidates));
        foreach (BoosterOptions candidate in candidates)
            TrainingCheck.Check(rows, candidate, rows);
        (TrainingRows Known, TrainingRows Held)[] trials = Trials(rows, candidates[0].Seed);
        IReadOnlyList<double>[,] losses = new IReadOnlyList<double>[candidates.Count, trials.Length];
        int done = 0, all = losses.Length;
        // One thread a trial: a small table leaves little to share out within a tree.
        ParallelOptions sharing = new() { MaxDegreeOfParallelism = candidates[0].EffectiveThreads, CancellationToken = cancellation };
        int threads = Math.Max(1, candidates[0].EffectiveThreads / all);
        Parallel.For(0, all, sharing, number =>
        {
            (int candidate, int trial) = (number / trials.Length, number % trials.Length);
            BoosterOptions options = candidates[candidate] with { Threads = threads };
            losses[candidate, trial] = BoosterTrainer.Fit(trials[trial].Known, options, trials[trial].Held, cancellation: cancellation).History.ValidationLoss;
            progress?.Report(new(Interlocked.Increment(ref done), all));
        });
        TunedOptions[] tuned = [.. candidates.Select((candidate, number) => Best(candidate, [.. Enumerable.Range(0, trials.Length).Select(trial => losses[number, trial])]))];
        return tuned.MinBy(options => options.Loss)!;
    }

    private static (TrainingRows Known, TrainingRows Held)[] Trials(TrainingRows rows, int seed)
    {
        int tried = rows.Data.RowCount > BoosterOptions.MostSmallRows ? PartsTriedOfLargeTable : PartsTriedOfSmallTable;
        int[] parts = StratifiedFolds.Assign(rows.Labels.Span, Parts, seed);
        return [.. Enumerable.Range(0, tried).Select(part =>
        {
            (int[] known, int[] held) = StratifiedFolds.Split(parts, part);
            return (rows.Select(known), rows.Select(held));
        })];
    }

    /// <summary>The round of least mean loss among those that every trial came to.</summary>
    private static TunedOptions Best(BoosterOptions options, IReadOnlyList<double>[] losses)
    {
        int rounds = losses.Min(loss => loss.Count), best = 0;
        double least = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++)
        {
            double mean = losses.Average(loss => loss[round]);
            if (mean < least)
                (least, best) = (mean, round);
        }
        return new(options with { Rounds = best + 1, EarlyStoppingRounds = 0 }, least);
    }
}

/// <summary>What <see cref="BoosterTuner.Choose"/> found.</summary>
/// <param name="Options">Options to train on all rows with.</param>
/// <param name="Loss">Their mean held-out loss, in the objective's own units; a little too good, for the options were chosen by it.</param>
public sealed record TunedOptions(BoosterOptions Options, double Loss);

/// <summary>Reported after each trial.</summary>
/// <param name="Done">Trials done.</param>
/// <param name="All">Trials there are.</param>
public readonly record struct TuningProgress(int Done, int All);
