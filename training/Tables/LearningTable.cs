using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using Finding = CustomerValue.Data.Diagnostics.Finding;

namespace CustomerValue.Training.Tables;

/// <summary>A table understood: features, labels and what is to be learnt.</summary>
/// <param name="Label">Name of the label's column.</param>
/// <param name="Objective">What is minimised.</param>
/// <param name="Rows">Features and labels.</param>
/// <param name="Findings">Doubts about the columns.</param>
internal sealed record LearningTable(string Label, Objective Objective, TrainingRows Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>Rows up to which the defaults for small data are taken.</summary>
    public const int MostSmallRows = 20_000;

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
        List<FeatureColumn> columns = [];
        for (int column = 0; column < text.Names.Count; column++)
            if (!left.Contains(column) && ColumnText.Recognise(text.Names[column], text.Columns[column], findings) is { } feature)
                columns.Add(feature);
        if (columns.Count == 0)
            throw new BadDataException($"{text.Path}: found no column to learn from beside the label '{input.Label}', expected at least one; ignore less or give more columns.");
        return new(input.Label, objective, new(new(columns), labels), findings);
    }

    /// <summary>The options of training, by the number of rows where the person has not chosen.</summary>
    public BoosterOptions Options(TableInput input)
    {
        BoosterOptions defaults = Rows.Data.RowCount <= MostSmallRows ? BoosterOptions.ForSmallData(Objective) : new() { Objective = Objective };
        return defaults with
        {
            Rounds = input.Rounds ?? defaults.Rounds,
            LearningRate = input.LearningRate ?? defaults.LearningRate,
            Seed = input.Seed,
            Threads = input.Threads,
        };
    }

    /// <summary>A model of all rows or some of them, with the library's errors as errors of the data.</summary>
    /// <exception cref="BadDataException">The rows cannot be learnt from.</exception>
    public static TrainingResult Fit(TrainingRows rows, BoosterOptions options, Action<BoostingProgress> report, CancellationToken cancellation)
    {
        try
        {
            return BoosterTrainer.Fit(rows, options, null, new Reporter(report), cancellation);
        }
        catch (InvalidTrainingDataException error)
        {
            throw new BadDataException(string.Join(' ', error.Problems), error);
        }
    }

    /// <summary>The library's findings as those of the program.</summary>
    public static IEnumerable<Finding> Translate(IEnumerable<CustomerValue.Boosting.Finding> findings) => findings.Select(finding =>
        new Finding(finding.Code, finding.Severity == FindingSeverity.Note ? Severity.Information : Severity.Warning, finding.Message, finding.Remedy));

    /// <summary>Reports at once and in order, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Reporter(Action<BoostingProgress> report) : IProgress<BoostingProgress>
    {
        public void Report(BoostingProgress value) => report(value);
    }
}

/// <summary>What <c>table evaluate</c> and <c>table train</c> are asked to learn.</summary>
/// <param name="File">The table.</param>
/// <param name="Label">Name of the label's column.</param>
/// <param name="Ignored">Names of columns that are no features.</param>
/// <param name="Objective">What is minimised; null leaves it to the labels.</param>
/// <param name="Rounds">Trees, or null for the default.</param>
/// <param name="LearningRate">Share of each step, or null for the default.</param>
/// <param name="Seed">Seed of everything drawn by chance.</param>
/// <param name="Threads">Threads to use.</param>
internal sealed record TableInput(string File, string Label, IReadOnlyList<string> Ignored, Objective? Objective, int? Rounds, double? LearningRate, int Seed, int Threads);
