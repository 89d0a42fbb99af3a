using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Tables;

/// <summary>How good a model of a table is on rows it has not seen, beside the best constant.</summary>
/// <param name="Table">The table.</param>
/// <param name="Folds">Folds; each was held out once.</param>
/// <param name="Figures">Each figure over the folds.</param>
/// <param name="Findings">Doubts about the table.</param>
public sealed record TableEvaluation(LearningTable Table, int Folds, IReadOnlyList<FoldedFigure> Figures, IReadOnlyList<Finding> Findings)
{
    /// <summary>Trains once a fold on the other folds.</summary>
    /// <exception cref="BadDataException">There are too few rows for the folds.</exception>
    public static TableEvaluation Run(LearningTable table, TableInput input, int folds, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        CheckFolds(input.File, table, folds);
        int[] assignment = StratifiedFolds.Assign(table.Rows.Labels.Span, folds, input.Seed);
        IReadOnlyList<TableFigure> figures = TableFigure.For(table.Objective);
        double[,] model = new double[figures.Count, folds], naive = new double[figures.Count, folds];
        List<Finding> findings = [.. table.Findings];
        for (int fold = 0; fold < folds; fold++)
        {
            (int[] training, int[] held) = StratifiedFolds.Split(assignment, fold);
            TrainingRows known = table.Rows.Select(training), unseen = table.Rows.Select(held);
            BoosterOptions options = table.Options(known, input, progress, cancellation);
            int before = fold * options.Rounds;
            TrainingResult result = LearningTable.Fit(known, options,
                step => progress.Report(new("training", before + step.Round, (long)folds * options.Rounds, "trees")), cancellation);
            if (fold == 0)
                findings.AddRange(LearningTable.Translate(result.Findings));
            double[] responses = new double[held.Length], constant = new double[held.Length];
            result.Model.Predict(unseen.Data, responses);
            Array.Fill(constant, Constant(table.Objective, known.Labels.Span));
            float[] labels = unseen.Labels.ToArray();
            for (int figure = 0; figure < figures.Count; figure++)
                (model[figure, fold], naive[figure, fold]) = (figures[figure].Of(responses, labels), figures[figure].Of(constant, labels));
        }
        return new(table, folds, [.. figures.Select((figure, i) => FoldedFigure.Of(figure, Row(model, i), Row(naive, i)))], findings);
    }

    /// <summary>The one prediction for all rows that has the least loss: the class share, the mean, the quantile.</summary>
    private static double Constant(Objective objective, ReadOnlySpan<float> labels)
    {
        double[] start = new double[objective.Outputs];
        objective.Start(labels, [], start);
        return objective.Response(start);
    }

    private static void CheckFolds(string file, LearningTable table, int folds)
    {
        ReadOnlySpan<float> labels = table.Rows.Labels.Span;
        int positives = table.Objective == Objectives.Logistic ? labels.Count(1f) : labels.Length;
        int fewest = table.Objective == Objectives.Logistic ? Math.Min(positives, labels.Length - positives) : labels.Length;
        if (fewest < folds)
            throw new BadDataException($"{file}: found {fewest} rows{(table.Objective == Objectives.Logistic ? $" of the rarer class of '{table.Label}'" : "")}, expected at least {folds}, one a fold; give more rows{(fewest >= 2 ? $" or say --folds {fewest}" : "")}.");
    }

    private static double[] Row(double[,] values, int row) => [.. Enumerable.Range(0, values.GetLength(1)).Select(column => values[row, column])];
}

/// <summary>One figure over the folds.</summary>
/// <param name="Figure">What was reckoned.</param>
/// <param name="Model">Mean over the folds.</param>
/// <param name="Spread">Standard deviation between folds.</param>
/// <param name="Naive">Mean over the folds of the best constant.</param>
public sealed record FoldedFigure(TableFigure Figure, double Model, double Spread, double Naive)
{
    internal static FoldedFigure Of(TableFigure figure, double[] model, double[] naive)
    {
        double mean = model.Average();
        return new(figure, mean, Math.Sqrt(model.Sum(value => (value - mean) * (value - mean)) / (model.Length - 1)), naive.Average());
    }
}
