using CustomerValue.Boosting;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>A bag of boosters for one target; their raw scores are averaged.</summary>
/// <param name="target">What they forecast.</param>
/// <param name="boosters">At least one.</param>
public sealed class BoostedTarget(Target target, IReadOnlyList<Booster> boosters)
{
    /// <summary>Up to this many rows the luck of sampling shows, and more boosters are averaged.</summary>
    private const int FewRows = 100_000;

    /// <summary>Bins a feature: coarse, for trees this shallow gain nothing from finer ones.</summary>
    internal const int MaxBins = 63;

    /// <summary>What the boosters forecast.</summary>
    public Target Target => target;

    /// <summary>The boosters.</summary>
    public IReadOnlyList<Booster> Boosters => boosters;

    /// <summary>Averaged raw scores: log-odds of churn, or log of purchases or spend.</summary>
    internal double[] PredictRaw(BoostingData data, ReadOnlySpan<double> margins)
    {
        double[] sum = new double[data.RowCount], one = new double[data.RowCount];
        foreach (Booster booster in boosters)
        {
            booster.PredictRaw(data, one, margins);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += one[i];
        }
        for (int i = 0; i < sum.Length; i++)
            sum[i] /= boosters.Count;
        return sum;
    }

    /// <summary>Boosters to average at a number of rows; one where only weights are learnt from what they say.</summary>
    internal static int BagsFor(int rows, bool isRehearsal) => isRehearsal ? 1 : rows > FewRows ? 2 : 4;

    /// <summary>Small steps, shallow trees and sampling: a correction of a good start, learnt from a few ten thousand rows that repeat customers.</summary>
    internal static BoosterOptions OptionsFor(Target target, int seed, int threads) => new()
    {
        Objective = target switch
        {
            Target.Churn => Objectives.Logistic,
            Target.Purchases => Objectives.Poisson,
            _ => Objectives.Tweedie(1.7),
        },
        Rounds = 120,
        LearningRate = 0.05,
        MaxDepth = 4,
        MaxLeaves = 16,
        MinChildWeight = target == Target.Churn ? 5 : 20,
        MaxBins = MaxBins,
        RowSampling = 0.35,
        ColumnSampling = 0.4,
        Seed = seed,
        Threads = threads,
    };
}
