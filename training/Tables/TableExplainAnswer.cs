using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Tables;

namespace CustomerValue.Training.Tables;

/// <summary>What <c>table explain --json</c> gives.</summary>
/// <param name="Objective">What the model minimised.</param>
/// <param name="RawScale">What contributions are measured in.</param>
/// <param name="Rows">Rows explained.</param>
/// <param name="MeanAbsolute">Mean size of each column's contributions, greatest first.</param>
/// <param name="Row">The one row, where one was asked for.</param>
/// <param name="Out">The CSV file, or null.</param>
/// <param name="Findings">Doubts about the table.</param>
internal sealed record TableExplainAnswer(
    string Objective, string RawScale, int Rows, IReadOnlyDictionary<string, double> MeanAbsolute, ExplainedRow? Row, string? Out, IReadOnlyList<Finding> Findings)
{
    public static TableExplainAnswer Of(ScoringTable table, int[] rows, ContributionTable contributions, string? file) => new(
        table.Model.Objective.Name, table.RawScale, rows.Length,
        table.Model.Features.Select((feature, i) => (feature.Name, Size: contributions.MeanAbsolute[i])).OrderByDescending(pair => pair.Size)
            .ToDictionary(pair => pair.Name, pair => pair.Size, StringComparer.Ordinal),
        rows.Length == 1 ? ExplainedRow.Of(table, rows[0], contributions.Last) : null, file, table.Findings);
}

/// <summary>Why one row is predicted as it is.</summary>
/// <param name="Row">The row, from 1.</param>
/// <param name="Start">Where every row starts.</param>
/// <param name="Contributions">What each column adds, the strongest first.</param>
/// <param name="RawScore">The sum of start and contributions.</param>
/// <param name="Prediction">The prediction on the scale of the label.</param>
internal sealed record ExplainedRow(int Row, double Start, IReadOnlyList<Contribution> Contributions, double RawScore, double Prediction)
{
    public static ExplainedRow Of(ScoringTable table, int row, double[] contributions)
    {
        double[] response = new double[1];
        table.Model.Predict(table.Data.Select([row]), response);
        return new(row + 1, contributions[^1],
            [.. table.Model.Features.Select((feature, i) => new Contribution(feature.Name, table.Text.Columns[table.Text.Find(feature.Name)][row], contributions[i]))
                .OrderByDescending(contribution => Math.Abs(contribution.Value))],
            contributions.Sum(), response[0]);
    }
}

/// <summary>What a column adds to a row's raw score.</summary>
/// <param name="Column">The column.</param>
/// <param name="Found">Its text in the row.</param>
/// <param name="Value">What it adds.</param>
internal sealed record Contribution(string Column, string Found, double Value);
