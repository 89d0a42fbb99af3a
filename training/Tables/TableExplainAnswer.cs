using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Tables;

namespace CustomerValue.Training.Tables;

/// <summary>What <c>table explain --json</c> gives.</summary>
internal sealed record TableExplainAnswer
{
    /// <summary>What the model minimised.</summary>
    public required string Objective { get; init; }

    /// <summary>What contributions are measured in.</summary>
    public required string RawScale { get; init; }

    /// <summary>Rows explained.</summary>
    public required int Rows { get; init; }

    /// <summary>Mean size of each column's contributions, greatest first.</summary>
    public required IReadOnlyDictionary<string, double> MeanAbsolute { get; init; }

    /// <summary>The one row, where one was asked for.</summary>
    public required ExplainedRow? Row { get; init; }

    /// <summary>The CSV file, or null.</summary>
    public required string? Out { get; init; }

    /// <summary>Doubts about the table.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public static TableExplainAnswer Of(ScoringTable table, int[] rows, ContributionTable contributions, string? file) => new()
    {
        Objective = table.Model.Objective.Name,
        RawScale = table.RawScale,
        Rows = rows.Length,
        MeanAbsolute = table.Model.Features.Select((feature, i) => (feature.Name, Size: contributions.MeanAbsolute[i])).OrderByDescending(pair => pair.Size)
            .ToDictionary(pair => pair.Name, pair => pair.Size, StringComparer.Ordinal),
        Row = rows.Length == 1 ? ExplainedRow.Of(table, rows[0], contributions.Last) : null,
        Out = file,
        Findings = table.Findings,
    };
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
