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
/// <param name="Label">The label's column.</param>
/// <param name="Objective">What was minimised.</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Folds">Folds; each was predicted by a model of the others.</param>
/// <param name="Columns">The features.</param>
/// <param name="Model">Each figure's mean over the folds.</param>
/// <param name="Spread">Each figure's standard deviation between folds.</param>
/// <param name="Baseline">The figures of the best constant.</param>
/// <param name="Findings">Doubts about the table.</param>
internal sealed record TableEvaluateAnswer(
    string Label, string Objective, int Rows, int Folds, IReadOnlyList<TableColumnAnswer> Columns,
    IReadOnlyDictionary<string, double> Model, IReadOnlyDictionary<string, double> Spread, IReadOnlyDictionary<string, double> Baseline, IReadOnlyList<Finding> Findings)
{
    public static TableEvaluateAnswer Of(TableEvaluation evaluation) => new(
        evaluation.Table.Label, evaluation.Table.Objective.Name, evaluation.Table.Rows.Data.RowCount, evaluation.Folds, TableColumnAnswer.Of(evaluation.Table.Rows.Data),
        Named(evaluation, figure => figure.Model), Named(evaluation, figure => figure.Spread), Named(evaluation, figure => figure.Naive), evaluation.Findings);

    private static Dictionary<string, double> Named(TableEvaluation evaluation, Func<FoldedFigure, double> value) =>
        evaluation.Figures.ToDictionary(figure => figure.Figure.Key, value, StringComparer.Ordinal);
}

/// <summary>What <c>table train --json</c> gives.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Label">The label's column.</param>
/// <param name="Objective">What was minimised.</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Rounds">Trees.</param>
/// <param name="Columns">The features.</param>
/// <param name="GainShares">Each feature's share in the gain of all splits, greatest first.</param>
/// <param name="Findings">Doubts about the table.</param>
internal sealed record TableTrainAnswer(
    string Model, string Label, string Objective, int Rows, int Rounds, IReadOnlyList<TableColumnAnswer> Columns,
    IReadOnlyDictionary<string, double> GainShares, IReadOnlyList<Finding> Findings)
{
    public static TableTrainAnswer Of(LearningTable table, TrainingResult result, string file)
    {
        IReadOnlyList<FeatureImportance> importance = result.Model.Importance();
        double total = importance.Sum(feature => feature.Gain);
        return new(file, table.Label, table.Objective.Name, table.Rows.Data.RowCount, result.Model.Rounds, TableColumnAnswer.Of(table.Rows.Data),
            importance.OrderByDescending(feature => feature.Gain).ToDictionary(feature => feature.Feature, feature => total > 0 ? feature.Gain / total : 0, StringComparer.Ordinal),
            [.. table.Findings, .. LearningTable.Translate(result.Findings)]);
    }
}

/// <summary>What <c>table predict --json</c> gives.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Objective">What it minimised.</param>
/// <param name="Rows">Rows predicted.</param>
/// <param name="Mean">Mean prediction.</param>
/// <param name="Lowest">Lowest prediction.</param>
/// <param name="Highest">Highest prediction.</param>
/// <param name="Out">The CSV file.</param>
/// <param name="Findings">Doubts about the table.</param>
internal sealed record TablePredictAnswer(string Model, string Objective, int Rows, double Mean, double Lowest, double Highest, string Out, IReadOnlyList<Finding> Findings);
