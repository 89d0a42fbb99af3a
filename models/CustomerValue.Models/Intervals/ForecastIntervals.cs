using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Intervals;

/// <summary>80 % intervals of spend and lifetime value, learnt from how past forecasts were off.</summary>
/// <param name="Spend">Quantiles of spend within the horizon, from the validation origin.</param>
/// <param name="Lifetime">Quantiles of value over longer times, from the oldest origin; null where history holds none.</param>
/// <param name="LifetimeDays">Days of outcomes that <paramref name="Lifetime"/> was learnt from; shorter than the value horizon.</param>
public sealed record ForecastIntervals(OutcomeQuantiles Spend, OutcomeQuantiles? Lifetime, int LifetimeDays)
{
    /// <summary>Learns from the validation race; null where there is none of the served horizon.</summary>
    /// <param name="forecast">What the champion, fitted on what was known then, said of the validation snapshot.</param>
    /// <param name="validation">The validation snapshot.</param>
    /// <param name="oldest">The oldest origin with its spend until the cutoff, or null.</param>
    /// <param name="doubt">How far the level of the whole base may be off.</param>
    internal static ForecastIntervals Learn(Forecast forecast, Snapshot validation, LongOutcome? oldest, LevelDoubt doubt) => new(
        OutcomeQuantiles.Learn(validation.Aggregates.X, validation.Aggregates.T, forecast.ChurnProbability, forecast.ExpectedSpend, validation.Outcomes!.Spend, validation.Window.Horizon, doubt.Factors(), new Irregularity(validation.Aggregates).All()),
        oldest is null ? null : OutcomeQuantiles.Learn(oldest.Snapshot.Aggregates.X, oldest.Snapshot.Aggregates.T, oldest.NoPurchase, oldest.Expected, oldest.Snapshot.Outcomes!.Spend, validation.Window.Horizon, (doubt with { Bias = 0 }).Factors()),
        oldest?.Snapshot.Window.Horizon.Days ?? 0);

    /// <summary>How often the 80 % interval of spend held on a snapshot with outcomes, overall and by group.</summary>
    public IReadOnlyList<GroupCoverage> Coverage(Forecast forecast, Snapshot snapshot)
    {
        ActivityGroup[] groups = Enum.GetValues<ActivityGroup>();
        double[] below = new double[groups.Length], above = new double[groups.Length];
        int[] customers = new int[groups.Length];
        Irregularity irregularity = new(snapshot.Aggregates);
        for (int i = 0; i < snapshot.Count; i++)
        {
            double mean = forecast.ExpectedSpend[i], churn = forecast.ChurnProbability[i];
            int group = (int)Spend.GroupOf(snapshot.Aggregates.X[i], snapshot.Aggregates.T[i], mean, snapshot.Window.Horizon);
            (double under, double over) = Missed((ActivityGroup)group, churn, mean, Spend.WidthOf(irregularity.Of(i)), snapshot.Outcomes!.Spend[i]);
            customers[group]++;
            below[group] += under;
            above[group] += over;
        }
        return
        [
            GroupCoverage.Of("all", customers.Sum(), below.Sum(), above.Sum()),
            .. groups.Where(group => customers[(int)group] > 0).Select(group => GroupCoverage.Of(group.ToString().ToLowerInvariant(), customers[(int)group], below[(int)group], above[(int)group])),
        ];
    }

    private (double Below, double Above) Missed(ActivityGroup group, double churn, double mean, double width, double actual) => GroupCoverage.Missed(
        actual > 0 ? Spend.Quantile(group, 0.1, churn, mean, width) : 0, actual > 0 ? Spend.Quantile(group, 0.9, churn, mean, width) : 0, actual > 0 ? 0 : Spend.Groups[(int)group].ZeroProbability(churn), actual);
}
