using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Answers;
using Finding = CustomerValue.Data.Diagnostics.Finding;

namespace CustomerValue.Decisions.Uplift;

/// <summary>What treatments change for each customer: a learner fitted on a whole experiment and calibrated on rows that its like had not seen. Immutable.</summary>
public sealed class UpliftModel
{
    private readonly UpliftTrees _trees;

    internal UpliftModel(UpliftCard card, UpliftTrees trees)
    {
        (Card, _trees) = (card, trees);
        Features = [.. First(trees).Features.Where(feature => feature.Name != UpliftFit.ArmColumn)];
    }

    /// <summary>What it is, what it was learnt from and how good it is.</summary>
    public UpliftCard Card { get; }

    /// <summary>Columns it needs.</summary>
    public IReadOnlyList<ModelFeature> Features { get; }

    internal UpliftTrees Trees => _trees;

    /// <summary>Learns from an experiment: measures the learners, takes the best unless told which, fits it on all rows and calibrates it.</summary>
    /// <param name="table">The experiment.</param>
    /// <param name="options">What is tried; with one learner, that one.</param>
    /// <param name="findings">Takes doubts.</param>
    /// <param name="progress">Told after each fit.</param>
    /// <param name="cancellation">Looked at before each tree.</param>
    /// <exception cref="BadDataException">The rows cannot be learnt from.</exception>
    public static UpliftModel Train(UpliftTable table, UpliftOptions options, List<Finding> findings, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        (UpliftReport report, UpliftEvaluation evaluation) = UpliftEvaluation.Measure(table, options, findings, progress, cancellation);
        int[] all = [.. Enumerable.Range(0, table.Count)];
        UpliftTrees trees = new UpliftFit(table.Select(all), table.Arms, table.IsBinary, evaluation.Propensity, new BoostingRecipe(options.Seed, options.Threads, cancellation)).Fit(report.Best);
        if (!report.Of(AnswerWords.Of(report.Best)).IsBetterThanRandom)
            findings.Add(new Finding("no-better-than-random", Severity.Warning, "The model orders customers no better than chance, so that decisions by it are decisions by chance.", "Take the mean effect for everybody, or measure a larger experiment."));
        TrainedArm[] arms = [.. Enumerable.Range(1, table.Arms.Count - 1).Select(arm =>
        {
            UpliftCalibration calibration = evaluation.CalibrationOf(report.Best, arm);
            double variance = evaluation.VarianceOf(arm), treated = table.Share(arm), control = table.Share(0);
            return new TrainedArm(table.Arms[arm], calibration.Mean, Math.Sqrt(variance / table.Count), 2 * variance * treated * control / (treated + control), calibration.Centre, calibration.Slope);
        })];
        return new UpliftModel(new UpliftCard { Learner = report.Best, Outcome = table.Kind, OutcomeDays = table.Window?.Days, Control = table.Arms[0], Shares = trees.Share, Arms = arms, Report = report }, trees);
    }

    /// <summary>Calibrated uplift of each treated arm, by arm of <see cref="UpliftCard.Arms"/> and row.</summary>
    /// <param name="features">Columns of <see cref="Features"/>, in any order, and no others.</param>
    public double[][] Predict(BoostingData features)
    {
        double[][] uplift = _trees.Predict(features);
        for (int a = 0; a < uplift.Length; a++)
        {
            UpliftCalibration calibration = new(Card.Arms[a].Effect, Card.Arms[a].Centre, Card.Arms[a].Slope);
            for (int row = 0; row < uplift[a].Length; row++)
                uplift[a][row] = calibration.Of(uplift[a][row]);
        }
        return uplift;
    }

    private static Booster First(UpliftTrees trees) => trees.Effects.Count > 0 ? trees.Effects[0] : trees.Outcomes[0].Chance ?? trees.Outcomes[0].Amount!;
}

/// <summary>What an uplift model is.</summary>
public sealed record UpliftCard
{
    /// <summary>Version of the file.</summary>
    public int Format { get; init; } = 1;

    /// <summary>How it was learnt.</summary>
    public required UpliftLearner Learner { get; init; }

    /// <summary>What a unit of its uplift is.</summary>
    public required UpliftOutcome Outcome { get; init; }

    /// <summary>Days whose outcomes were counted; null where nobody said, and then nothing can be decided by it.</summary>
    public int? OutcomeDays { get; init; }

    /// <summary>The arm it is compared with.</summary>
    public required string Control { get; init; }

    /// <summary>Share of each arm in the experiment, control first.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The treated arms.</summary>
    public required IReadOnlyList<TrainedArm> Arms { get; init; }

    /// <summary>How good it is on rows that its like had not seen.</summary>
    public required UpliftReport Report { get; init; }
}

/// <summary>A treated arm of an uplift model.</summary>
/// <param name="Arm">Its name.</param>
/// <param name="Effect">Mean effect, doubly robust; units of the outcome.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Noise">Variance of the difference of two customers, one treated and one held back.</param>
/// <param name="Centre">Mean raw prediction.</param>
/// <param name="Slope">Real over raw differences between customers, 0 to 3.</param>
public sealed record TrainedArm(string Arm, double Effect, double StandardError, double Noise, double Centre, double Slope);
