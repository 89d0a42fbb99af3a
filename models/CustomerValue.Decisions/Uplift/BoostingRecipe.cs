using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Decisions.Uplift;

/// <summary>
/// Boosters for outcomes and effects: small trees, small steps, drawn rows and columns. Effects are small beside the noise around them, so that leaves must hold many customers.
/// </summary>
/// <param name="Seed">Seed of drawn rows and columns.</param>
/// <param name="Threads">Threads; results do not depend on them.</param>
/// <param name="Cancellation">Looked at before each tree.</param>
internal sealed record BoostingRecipe(int Seed, int Threads, CancellationToken Cancellation)
{
    /// <summary>Amounts are seen only of those who have one; fewer than these are told apart by nothing.</summary>
    private const int FewestAmounts = 200;

    /// <summary>A model of an outcome.</summary>
    public Booster Fit(BoostingData features, float[] outcome, Objective objective, float[]? weights = null) => Train(new TrainingRows(features, outcome, weights ?? []), Outcome(objective, outcome.Length));

    /// <summary>A model of positive amounts: constant where there are few.</summary>
    public Booster FitAmounts(BoostingData features, float[] amounts) => Train(new TrainingRows(features, amounts),
        Outcome(Objectives.Gamma, amounts.Length) with { Rounds = amounts.Length < FewestAmounts ? 0 : 100, MinChildWeight = Math.Max(30, amounts.Length / 20) });

    /// <summary>A regression of effects that were reckoned for each row.</summary>
    public Booster FitEffect(BoostingData features, double[] effects, float[]? weights = null) => Train(new TrainingRows(features, Array.ConvertAll(effects, effect => (float)effect), weights ?? []), new BoosterOptions
    {
        Objective = Objectives.SquaredError,
        Rounds = 120,
        LearningRate = 0.05,
        MaxDepth = 3,
        MaxLeaves = 6,
        MinChildWeight = Math.Max(50, effects.Length / 100),
        RowSampling = 0.6,
        ColumnSampling = 0.6,
        Seed = Seed,
        Threads = Threads,
    });

    private BoosterOptions Outcome(Objective objective, int rows) => new()
    {
        Objective = objective,
        Rounds = 150,
        LearningRate = 0.05,
        MaxDepth = 3,
        MaxLeaves = 8,
        MinChildWeight = objective == Objectives.SquaredError ? Math.Max(50, rows / 200) : Math.Max(5, rows / 2000),
        RowSampling = 0.6,
        ColumnSampling = 0.6,
        Seed = Seed,
        Threads = Threads,
    };

    private Booster Train(TrainingRows rows, BoosterOptions options)
    {
        try
        {
            return BoosterTrainer.Fit(rows, options, cancellation: Cancellation).Model;
        }
        catch (InvalidTrainingDataException error)
        {
            throw new BadDataException(string.Join(' ', error.Problems), error);
        }
    }
}
