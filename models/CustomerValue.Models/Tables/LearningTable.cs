using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Tables;

/// <summary>A table understood: features, labels and what is to be learnt.</summary>
/// <param name="Label">Name of the label's column.</param>
/// <param name="Objective">What is minimised.</param>
/// <param name="Rows">Features and labels.</param>
/// <param name="Findings">Doubts about the columns.</param>
public sealed record LearningTable(string Label, Objective Objective, TrainingRows Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>Too few rows say nothing about rounds; they get as many as a few thousand rows usually want.</summary>
    private const int FewestToChooseOn = 200, FewRounds = 400;

    /// <summary>Reads a file and understands its columns.</summary>
    /// <exception cref="BadDataException">The file, its label or its columns cannot be used.</exception>
    public static LearningTable Load(TableInput input, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        TextTable text = TextTable.Read(input.File, progress, cancellation);
        int label = text.Require(input.Label, "the label");
        HashSet<int> left = [label, .. input.Ignored.Select(name => text.Require(name, "a column to ignore"))];
        Objective objective = input.Objective ?? LabelText.Suggest(text, label);
        float[] labels = LabelText.Read(text, label, objective);
        List<Finding> findings = [];
        IReadOnlyList<FeatureColumn> columns = TableColumnText.Features(text, left, findings);
        if (columns.Count == 0)
            throw new BadDataException($"{text.Path}: found no column to learn from beside the label '{input.Label}', expected at least one; ignore less or give more columns.");
        return new(input.Label, objective, new(new(columns), labels), findings);
    }

    /// <summary>How to learn from some of the rows: as the person has chosen, else with the rounds and the shape of trees that do best on a part of these rows held out.</summary>
    /// <param name="rows">The rows to learn from; no others are looked at.</param>
    /// <param name="input">What the person has chosen.</param>
    /// <param name="progress">Told after each trial.</param>
    /// <param name="cancellation">Looked at before each tree.</param>
    /// <exception cref="BadDataException">The rows cannot be learnt from.</exception>
    public BoosterOptions Options(TrainingRows rows, TableInput input, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        IReadOnlyList<BoosterOptions> candidates = [.. BoosterTuner.Candidates(Objective, rows.Data.RowCount).Select(candidate => candidate with
        {
            LearningRate = input.LearningRate ?? candidate.LearningRate,
            Seed = input.Seed,
            Threads = input.Threads,
        })];
        if (input.Rounds is not null || rows.Data.RowCount < FewestToChooseOn)
            return candidates[0] with { Rounds = input.Rounds ?? FewRounds, EarlyStoppingRounds = 0 };
        return Translated(() => BoosterTuner.Choose(rows, candidates,
            new Reporter<TuningProgress>(trial => progress.Report(new("choosing rounds", trial.Done, trial.All, "trials"))), cancellation).Options);
    }

    /// <summary>A model of all rows or some of them, with the library's errors as errors of the data.</summary>
    /// <exception cref="BadDataException">The rows cannot be learnt from.</exception>
    public static TrainingResult Fit(TrainingRows rows, BoosterOptions options, Action<BoostingProgress> report, CancellationToken cancellation)
    {
        return Translated(() => BoosterTrainer.Fit(rows, options, null, new Reporter<BoostingProgress>(report), cancellation));
    }

    private static T Translated<T>(Func<T> learn)
    {
        try
        {
            return learn();
        }
        catch (InvalidTrainingDataException error)
        {
            throw new BadDataException(string.Join(' ', error.Problems), error);
        }
    }

    /// <summary>The library's findings as those of the program.</summary>
    public static IEnumerable<Finding> Translate(IEnumerable<TrainingFinding> findings) => findings.Select(finding =>
        new Finding(finding.Code, ToSeverity(finding.Severity), finding.Message, finding.Remedy));

    private static Severity ToSeverity(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Note => Severity.Information,
        FindingSeverity.Warning => Severity.Warning,
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "The boosting library knows no such severity."),
    };

    /// <summary>Reports at once and in order, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Reporter<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
