using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Racing;

/// <summary>Learns what lies beyond the first horizon: the season, purchases on its clock, and how whole earlier years came out against them.</summary>
internal static class LongRunLearner
{
    private const int MostYears = 3;
    private const int LeastHistoryDays = 365;

    /// <summary>Standard deviations, in log, of the level of years and of its yearly change over shops, and of one witness of either: what is seen is drawn towards 1 by them.</summary>
    private const double LevelSpread = 0.3, LevelNoise = 0.15, DecaySpread = 0.15, DecayNoise = 0.075;

    /// <summary>Learns from a log, and the level of the first horizon from the champion's forecast.</summary>
    /// <param name="input">What the race was run on; nothing on or after its cutoff is looked at.</param>
    /// <param name="latest">The population at the cutoff.</param>
    /// <param name="prior">The prior, whose kind is fitted on the season's clock, and whose money a purchase is used.</param>
    /// <param name="champion">What the champion says of the population.</param>
    /// <param name="cancellation">Stops between two fits.</param>
    public static LongRun Learn(RaceInput input, Snapshot latest, IPriorModel prior, Forecast champion, CancellationToken cancellation)
    {
        SeasonIndex season = SeasonIndex.Learn(input.Log, input.Cutoff);
        LongRun plain = LongRun.Fit(prior.Name, season, latest, input.Threads, cancellation);
        double[] purchases = plain.Expected(latest, input.Horizon.Days);
        double forecast = champion.ExpectedSpend.Sum(), expected = 0;
        for (int i = 0; i < purchases.Length; i++)
            expected += purchases[i] * prior.ExpectedSpend(latest.Aggregates.X[i], latest.Aggregates.TotalSpend[i]);
        (double level, double decay) = Years(input, prior.Name, season, cancellation);
        return plain with { YearLevel = level, YearlyDecay = decay, HorizonLevel = expected > 0 && forecast > 0 ? forecast / expected : 1 };
    }

    private static (double Level, double Decay) Years(RaceInput input, string model, SeasonIndex season, CancellationToken cancellation)
    {
        List<double> levels = [], decays = [];
        for (int back = 1; back <= MostYears; back++)
        {
            DateOnly origin = input.Cutoff.AddDays(-back * DaysIn.Year);
            if (origin.DayNumber - input.Log.FirstDay.DayNumber < LeastHistoryDays)
                break;
            Snapshot first = input.PastSnapshot(new ObservationWindow(origin, new Horizon(DaysIn.Year)), cancellation);
            if (first.Aggregates.X.IndexOfAnyExcept(0.0) < 0)
                break;
            LongRun fitted = LongRun.Fit(model, season, first, input.Threads, cancellation);
            double expected = fitted.Expected(first, DaysIn.Year).Sum(), actual = Total(first.Outcomes!.Purchases);
            if (expected <= 0 || actual <= 0)
                continue;
            levels.Add(Math.Log(actual / expected));
            if (back < 2)
                continue;
            Snapshot both = input.PastSnapshot(new ObservationWindow(origin, new Horizon(2 * DaysIn.Year)), cancellation);
            double expectedLater = fitted.Expected(both, 2 * DaysIn.Year).Sum() - expected, later = Total(both.Outcomes!.Purchases) - actual;
            if (expectedLater > 0 && later > 0)
                decays.Add(Math.Log(later / expectedLater) - levels[^1]);
        }
        return (Drawn(levels, LevelSpread, LevelNoise), Drawn(decays, DecaySpread, DecayNoise));
    }

    /// <summary>Mean of what was seen, drawn towards 1 as a normal mean with a normal prior is.</summary>
    private static double Drawn(List<double> logs, double spread, double noise) =>
        logs.Count == 0 ? 1 : Math.Exp(logs.Average() * spread * spread / (spread * spread + noise * noise / logs.Count));

    private static double Total(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }
}
