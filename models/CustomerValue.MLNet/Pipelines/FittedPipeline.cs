using CustomerValue.Data.Features;
using CustomerValue.MLNet.Views;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Pipelines;

/// <summary>One target's pipeline, fitted and calibrated.</summary>
/// <param name="Target">What it answers.</param>
/// <param name="Transformer">From features to <c>Score</c>.</param>
/// <param name="Calibration">From score to answer.</param>
internal sealed record FittedPipeline(Target Target, ITransformer Transformer, Calibration Calibration)
{
    /// <summary>The column that trainers of ML.NET learn from where they are told nothing.</summary>
    private const string Label = "Label";

    /// <summary>The column that they answer in.</summary>
    public const string Score = "Score";

    /// <summary>Fits and calibrates a pipeline that a user wrote: whatever goes wrong in it is a reason to leave the candidate out.</summary>
    /// <exception cref="CandidateFailedException">It throws, asks for a column that is not there, drops rows, or gives no finite score.</exception>
    public static FittedPipeline Fit(Target target, Func<IEstimator<ITransformer>> make, RowSample learn, RowSample heldBack)
    {
        string word = Calibration.Word(target);
        ITransformer transformer = Try($"its pipeline of {word} cannot be fitted", () => make().Fit(Labelled(target, learn)));
        float[] scores = Try($"its pipeline of {word} cannot score customers whose future is not known", () => Scores(transformer, heldBack.Table, word));
        int strange = scores.Count(score => !float.IsFinite(score));
        if (strange > 0)
            throw new CandidateFailedException($"its {word} are not finite for {strange:N0} of {scores.Length:N0} customers held back");
        return new FittedPipeline(target, transformer, Calibration.Learn(target, scores, heldBack.Labels(target), heldBack.Customers()));
    }

    /// <summary>Runs what a user wrote; only a stop that was asked for goes through.</summary>
    public static T Try<T>(string what, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException or CandidateFailedException))
        {
            throw new CandidateFailedException($"{what}: {NativeParts.Said(error)}", error);
        }
    }

    private static float[] Scores(ITransformer transformer, FeatureTable table, string word)
    {
        if (!transformer.IsRowToRowMapper)
            throw new CandidateFailedException($"its pipeline of {word} does not give each row an answer of its own (a step filters or regroups rows)");
        IDataView scored = transformer.Transform(new SnapshotView([table]));
        if (scored.Schema.GetColumnOrNull(Score) is not { } column)
            throw new CandidateFailedException($"its pipeline of {word} gives no column '{Score}'; it gives {string.Join(", ", scored.Schema.Where(given => given.Index >= table.Schema.Count + 1).Select(given => given.Name).Distinct())}");
        return column.Type == NumberDataViewType.Single ? [.. scored.GetColumn<float>(column)]
            : throw new CandidateFailedException($"its pipeline of {word} gives a '{Score}' of {column.Type}, expected one Single a customer");
    }

    /// <summary>Features, what happened under its own name, and the target's as <c>Label</c>.</summary>
    private static SnapshotView Labelled(Target target, RowSample rows)
    {
        float[] churned = rows.Labels(Target.Churn), purchases = rows.Labels(Target.Purchases), spend = rows.Labels(Target.Spend);
        return new SnapshotView([rows.Table], after:
        [
            ViewColumn.Boolean(SnapshotNames.Churned, (_, row) => churned[row] != 0),
            ViewColumn.Single(SnapshotNames.Purchases, (_, row) => purchases[row]),
            ViewColumn.Single(SnapshotNames.Spend, (_, row) => spend[row]),
            target switch
            {
                Target.Churn => ViewColumn.Boolean(Label, (_, row) => churned[row] != 0),
                Target.Purchases => ViewColumn.Single(Label, (_, row) => purchases[row]),
                _ => ViewColumn.Single(Label, (_, row) => spend[row]),
            },
        ]);
    }
}
