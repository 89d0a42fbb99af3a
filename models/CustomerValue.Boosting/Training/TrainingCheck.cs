namespace CustomerValue.Boosting;

/// <summary>Looks at options and rows before training starts: errors for what cannot be learnt from, findings for what is doubtful.</summary>
internal static class TrainingCheck
{
    /// <exception cref="InvalidOptionsException">Options outside their range, or constraints on features that are not there.</exception>
    /// <exception cref="InvalidTrainingDataException">All problems of both tables.</exception>
    public static IReadOnlyList<TrainingFinding> Check(TrainingRows training, BoosterOptions options, TrainingRows? validation)
    {
        CheckOptions(training, options, validation);
        List<string> problems = [];
        CheckRows(training, options.Objective, "training", problems);
        if (validation is not null)
            CheckRows(validation, options.Objective, "validation", problems);
        if (validation is not null && training.BaseMargins.IsEmpty != validation.BaseMargins.IsEmpty)
            problems.Add("Training and validation rows must either both bring base margins or neither.");
        if (problems.Count > 0)
            throw new InvalidTrainingDataException(problems);
        return Doubts(training, options);
    }

    private static void CheckOptions(TrainingRows training, BoosterOptions options, TrainingRows? validation)
    {
        List<string> violations = [.. options.Violations()];
        if (options.EarlyStoppingRounds > 0 && validation is null)
            violations.Add($"{nameof(options.EarlyStoppingRounds)}: found {options.EarlyStoppingRounds} without validation rows, expected validation rows, or 0.");
        if (training.Binned is { } binned && (!ReferenceEquals(binned.Data, training.Data) || !training.Weights.IsEmpty || binned.MaxBins != options.MaxBins))
            violations.Add($"{nameof(TrainingRows.Binned)}: found bins of {(ReferenceEquals(binned.Data, training.Data) ? "this" : "another")} table, {binned.MaxBins} a feature, {(training.Weights.IsEmpty ? "no" : "but")} weights; expected bins of this table, {options.MaxBins} a feature, and no weights.");
        if (options.Objective is { RefitsLeaves: true, Outputs: not 1 })
            violations.Add($"{nameof(options.Objective)}: '{options.Objective.Name}' refits leaves of {options.Objective.Outputs} outputs, expected one output.");
        if (options.Objective is { RefitsLeaves: true } && options.MonotoneConstraints?.Values.Any(direction => direction != 0) == true)
            violations.Add($"{nameof(options.MonotoneConstraints)}: found with '{options.Objective.Name}', whose refitted leaves keep no order; expected none.");
        Dictionary<string, ColumnKind> kinds = training.Data.Columns.ToDictionary(column => column.Name, column => column.Kind, StringComparer.Ordinal);
        foreach ((string feature, int direction) in options.MonotoneConstraints ?? new Dictionary<string, int>())
            if (!kinds.TryGetValue(feature, out ColumnKind kind))
                violations.Add($"{nameof(options.MonotoneConstraints)}['{feature}']: found no such column, expected one of the table's.");
            else if (kind == ColumnKind.Categorical && direction != 0)
                violations.Add($"{nameof(options.MonotoneConstraints)}['{feature}']: found a categorical column, expected a numeric one.");
        if (violations.Count > 0)
            throw new InvalidOptionsException(violations);
    }

    private static void CheckRows(TrainingRows rows, Objective objective, string table, List<string> problems)
    {
        int count = rows.Data.RowCount;
        if (count == 0)
        {
            problems.Add($"The {table} table has no rows.");
            return;
        }
        if (rows.Data.Columns.Count > ModelFeature.MostFeatures)
            problems.Add($"The {table} table has {rows.Data.Columns.Count} features, expected at most {ModelFeature.MostFeatures}; select features first.");
        if (rows.Labels.Length != count)
            problems.Add($"Found {rows.Labels.Length} {table} labels, expected {count}, one a row.");
        if (!rows.Weights.IsEmpty && rows.Weights.Length != count)
            problems.Add($"Found {rows.Weights.Length} {table} weights, expected {count}, one a row, or none.");
        if (!rows.BaseMargins.IsEmpty && rows.BaseMargins.Length != (long)count * objective.Outputs)
            problems.Add($"Found {rows.BaseMargins.Length} {table} base margins, expected {count} rows x {objective.Outputs} outputs, or none.");
        ValueCheck.Report(rows.Labels.Span, label => !float.IsFinite(label) || !objective.Accepts(label),
            $"{table} labels", $"{objective.LabelDomain} (objective '{objective.Name}')", problems);
        ValueCheck.Report(rows.Weights.Span, weight => !float.IsFinite(weight) || weight < 0, $"{table} weights", "finite numbers, 0 or above", problems);
        if (!rows.Weights.IsEmpty && !rows.Weights.Span.ContainsAnyExcept(0f))
            problems.Add($"All {table} weights are 0; expected some above.");
        ValueCheck.Report(rows.BaseMargins.Span, margin => !double.IsFinite(margin), $"{table} base margins", "finite numbers", problems);
        problems.AddRange(rows.Binned is { } binned ? binned.Infinite : ValueCheck.Infinite(rows.Data, table));
    }

    private static List<TrainingFinding> Doubts(TrainingRows training, BoosterOptions options)
    {
        List<TrainingFinding> findings = [];
        foreach (FeatureColumn column in training.Data.Columns)
        {
            ReadOnlySpan<float> values = column.Values.Span;
            int first = 0;
            while (first < values.Length && float.IsNaN(values[first]))
                first++;
            if (first == values.Length)
                findings.Add(new("missing-feature", FindingSeverity.Warning, $"Column '{column.Name}' is missing in every row.", "Remove it, or find out why it is empty."));
            else if (!Varies(values[first..], values[first]) && first == 0)
                findings.Add(new("constant-feature", FindingSeverity.Note, $"Column '{column.Name}' has the same value in every row.", "Remove it; it cannot tell rows apart."));
            if (column.Levels.Count > options.MaxBins)
                findings.Add(new("many-levels", FindingSeverity.Warning,
                    $"Column '{column.Name}' has {column.Levels.Count} levels; the {options.MaxBins - 1} most frequent keep their own bin, the others share one.",
                    "Group rare levels by meaning, or replace the column by a number that describes the level."));
        }
        if (!Varies(training.Labels.Span, training.Labels.Span[0]))
            findings.Add(new("constant-label", FindingSeverity.Warning, $"All labels are {training.Labels.Span[0]}; the model can only repeat it.", "Take rows of both outcomes, or a longer horizon."));
        return findings;
    }

    private static bool Varies(ReadOnlySpan<float> values, float first) => values.ContainsAnyExcept(first);
}
