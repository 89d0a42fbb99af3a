using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Tables;

namespace CustomerValue.Training.Tables;

/// <summary>A column as it was understood.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Kind">Numeric or categorical.</param>
/// <param name="Levels">Distinct texts of a categorical column, else 0.</param>
/// <param name="Missing">Rows without a value.</param>
internal sealed record TableColumnAnswer(string Name, ColumnKind Kind, int Levels, int Missing)
{
    public static IReadOnlyList<TableColumnAnswer> Of(BoostingData data) =>
        [.. data.Columns.Select(column => new TableColumnAnswer(column.Name, column.Kind, column.Levels.Count, MissingIn(column.Values.Span)))];

    private static int MissingIn(ReadOnlySpan<float> values)
    {
        int missing = 0;
        foreach (float value in values)
            missing += float.IsNaN(value) ? 1 : 0;
        return missing;
    }
}

/// <summary>What <c>table evaluate --json</c> gives.</summary>
internal sealed record TableEvaluateAnswer
{
    /// <summary>The label's column.</summary>
    public required string Label { get; init; }

    /// <summary>What was minimised.</summary>
    public required string Objective { get; init; }

    /// <summary>Rows of the table.</summary>
    public required int Rows { get; init; }

    /// <summary>Folds; each was predicted by a model of the others.</summary>
    public required int Folds { get; init; }

    /// <summary>The features.</summary>
    public required IReadOnlyList<TableColumnAnswer> Columns { get; init; }

    /// <summary>Each figure's mean over the folds.</summary>
    public required IReadOnlyDictionary<string, double> Model { get; init; }

    /// <summary>Each figure's standard deviation between folds.</summary>
    public required IReadOnlyDictionary<string, double> Spread { get; init; }

    /// <summary>The figures of the best constant.</summary>
    public required IReadOnlyDictionary<string, double> Baseline { get; init; }

    /// <summary>Doubts about the table.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public static TableEvaluateAnswer Of(TableEvaluation evaluation) => new()
    {
        Label = evaluation.Table.Label,
        Objective = evaluation.Table.Objective.Name,
        Rows = evaluation.Table.Rows.Data.RowCount,
        Folds = evaluation.Folds,
        Columns = TableColumnAnswer.Of(evaluation.Table.Rows.Data),
        Model = Named(evaluation, figure => figure.Model),
        Spread = Named(evaluation, figure => figure.Spread),
        Baseline = Named(evaluation, figure => figure.Naive),
        Findings = evaluation.Findings,
    };

    private static Dictionary<string, double> Named(TableEvaluation evaluation, Func<FoldedFigure, double> value) =>
        evaluation.Figures.ToDictionary(figure => figure.Figure.Key, value, StringComparer.Ordinal);
}

/// <summary>What <c>table train --json</c> gives.</summary>
internal sealed record TableTrainAnswer
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>The label's column.</summary>
    public required string Label { get; init; }

    /// <summary>What was minimised.</summary>
    public required string Objective { get; init; }

    /// <summary>Rows of the table.</summary>
    public required int Rows { get; init; }

    /// <summary>Trees.</summary>
    public required int Rounds { get; init; }

    /// <summary>The features.</summary>
    public required IReadOnlyList<TableColumnAnswer> Columns { get; init; }

    /// <summary>Each feature's share in the gain of all splits, greatest first.</summary>
    public required IReadOnlyDictionary<string, double> GainShares { get; init; }

    /// <summary>Doubts about the table.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public static TableTrainAnswer Of(LearningTable table, TrainingResult result, string file)
    {
        IReadOnlyList<FeatureImportance> importance = result.Model.Importance();
        double total = importance.Sum(feature => feature.Gain);
        return new()
        {
            Model = file,
            Label = table.Label,
            Objective = table.Objective.Name,
            Rows = table.Rows.Data.RowCount,
            Rounds = result.Model.Rounds,
            Columns = TableColumnAnswer.Of(table.Rows.Data),
            GainShares = importance.OrderByDescending(feature => feature.Gain).ToDictionary(feature => feature.Feature, feature => total > 0 ? feature.Gain / total : 0, StringComparer.Ordinal),
            Findings = [.. table.Findings, .. LearningTable.Translate(result.Findings)],
        };
    }
}

/// <summary>What <c>table predict --json</c> gives.</summary>
internal sealed record TablePredictAnswer
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>What it minimised.</summary>
    public required string Objective { get; init; }

    /// <summary>Rows predicted.</summary>
    public required int Rows { get; init; }

    /// <summary>Mean prediction.</summary>
    public required double Mean { get; init; }

    /// <summary>Lowest prediction.</summary>
    public required double Lowest { get; init; }

    /// <summary>Highest prediction.</summary>
    public required double Highest { get; init; }

    /// <summary>The CSV file.</summary>
    public required string Out { get; init; }

    /// <summary>Doubts about the table.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
