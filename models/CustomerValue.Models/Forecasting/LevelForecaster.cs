using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Forecasting;

/// <summary>Forecasts at what level the whole base will stand: by the mean of past origins, by the same season, and by last year's purchases of everyone.</summary>
/// <remarks>
/// <para>Three witnesses, each a log of purchases over what the prior expects within the horizon:</para>
/// <para>the mean level of past origins; the level seen at the same season of earlier years; and the whole base's purchases in the same days a year ago, times how the last
/// days compare with the same days a year earlier, times the share of purchases that known customers last made, over what the prior expects now. The last needs no
/// customer to have been known a year ago, so that it speaks as soon as there is a year of log; a short window alone would take the season for a trend.
/// It does not speak where the base is not renewed: of one cohort, last year's purchases say nothing.</para>
/// <para>They are weighed by the inverse of their mean squared errors at past origins that had a year before them, each drawn towards what is usual of such a witness as if that had been seen at one
/// independent origin (Bates and Granger 1969; origins less than a horizon apart count for part of one).</para>
/// </remarks>
internal sealed class LevelForecaster
{
    /// <summary>How much of a level seen once is expected again: one season of one year is a single witness.</summary>
    internal const double Trust = 0.8;

    /// <summary>Usual errors (standard deviation of the log) of the mean level, of the same season's, of last year's purchases, and of a year's growth that cannot be seen.</summary>
    private const double MeanError = 0.35, SeasonError = 0.25, YearAgoError = 0.12, UnseenGrowth = 0.25;

    /// <summary>How far an origin of an earlier year may lie from the same day of the year.</summary>
    private const int ToleranceDays = 16;

    /// <summary>Days that are compared with the same days a year earlier: as many as there are between these.</summary>
    private const int FewestGrowthDays = 28, MostGrowthDays = 90;

    /// <summary>Purchases of everyone below which a window says nothing.</summary>
    private const double FewestPurchases = 50;

    /// <summary>Newcomers of the last quarter (or horizon), as a share of known customers, below which the base is a cohort that nobody joins.</summary>
    private const double Renewal = 0.02;

    private readonly BaseActivity _activity;
    private readonly Horizon _horizon;

    private LevelForecaster(BaseActivity activity, Horizon horizon) => (_activity, _horizon) = (activity, horizon);

    /// <summary>Learns from past origins and forecasts the level at a cutoff and for a year from then on.</summary>
    /// <param name="past">Origins whose outcomes end at or before the cutoff.</param>
    /// <param name="pastActivity">Of the log the origins were made of.</param>
    /// <param name="activity">Of the log the population at the cutoff was made of.</param>
    /// <param name="window">What is forecast.</param>
    /// <param name="view">What the prior says of the population at the cutoff.</param>
    public static LevelCurve Learn(PastOrigins past, BaseActivity pastActivity, BaseActivity activity, ObservationWindow window, PriorView view)
    {
        if (past.Count == 0)
            return LevelCurve.Flat(window.Cutoff);
        LevelForecaster before = new(pastActivity, window.Horizon), now = new(activity, window.Horizon);
        Totals[] totals = [.. past.Origins.Select(origin => Totals.Of(origin))];
        double? share = before.KnownShare(totals);
        Totals latest = new(window.Cutoff, view.Count, view.Purchases.Sum(), double.NaN, Level.Zero(window.Cutoff));
        Witnesses witnesses = now.Ask(latest, totals, share, 0);
        double[] weights = before.Weights(totals, witnesses);

        Level[] ahead = new Level[LevelCurve.Steps];
        ChurnShift shift = new(view);
        for (int step = 0; step < ahead.Length; step++)
        {
            int days = step * LevelCurve.StepDays;
            DateOnly day = window.Cutoff.AddDays(days);
            double?[] said = now.Ask(latest, totals, share, days).Said;
            double sum = 0, total = 0;
            for (int k = 0; k < said.Length; k++)
                if (said[k] is { } level)
                    (sum, total) = (sum + weights[k] * level, total + weights[k]);
            double purchases = Level.Bounded(sum / total);
            (double spend, double churn) = Beside(totals, day);
            ahead[step] = new Level(day, purchases, purchases + spend, shift.Of(purchases) + churn);
        }
        double certainty = 0;
        for (int k = 0; k < weights.Length; k++)
            certainty += witnesses.Said[k] is null ? 0 : weights[k];
        return new LevelCurve(ahead, witnesses.KnowSeason ? 1 / Math.Sqrt(certainty) : before.DeviationOfMean(totals), Words(witnesses, weights));
    }

    /// <summary>Weight of each witness: one over its squared error at past origins that had a year before them, drawn towards what is usual of it as if that had been seen at one independent origin.</summary>
    private double[] Weights(Totals[] totals, Witnesses asked)
    {
        double[] squares = new double[3], independent = new double[3];
        DateOnly?[] previous = new DateOnly?[3];
        foreach (Totals origin in totals)
        {
            Totals[] known = [.. totals.Where(other => _horizon.After(other.Cutoff) <= origin.Cutoff)];
            if (known.Length == 0)
                continue;
            Witnesses then = Ask(origin, known, KnownShare(known), 0);
            if (!then.KnowSeason)
                continue;
            for (int k = 0; k < squares.Length; k++)
                // A year's growth that could not be seen then says nothing of a witness that sees it now.
                if (then.Said[k] is { } said && then.Usual[k] <= asked.Usual[k])
                {
                    double part = previous[k] is { } last ? Math.Min(1, (origin.Cutoff.DayNumber - last.DayNumber) / (double)_horizon.Days) : 1;
                    squares[k] += part * (said - origin.Level.Purchases) * (said - origin.Level.Purchases);
                    independent[k] += part;
                    previous[k] = origin.Cutoff;
                }
        }
        return [.. asked.Usual.Select((usual, k) => (independent[k] + 1) / (squares[k] + usual * usual))];
    }

    /// <summary>How far the mean level was off at past origins, drawn towards what is usual; for who knows no season.</summary>
    private double DeviationOfMean(Totals[] totals)
    {
        double squares = MeanError * MeanError, independent = 1;
        for (int i = 1; i < totals.Length; i++)
            if (totals.Take(i).Where(other => _horizon.After(other.Cutoff) <= totals[i].Cutoff).Select(other => other.Level.Purchases).ToArray() is { Length: > 0 } known)
            {
                double error = Trust * known.Average() - totals[i].Level.Purchases, part = Math.Min(1, (totals[i].Cutoff.DayNumber - totals[i - 1].Cutoff.DayNumber) / (double)_horizon.Days);
                (squares, independent) = (squares + part * error * error, independent + part);
            }
        return Math.Sqrt(squares / independent);
    }

    /// <summary>What each witness says of a population some days after the day it was counted; null where it cannot speak.</summary>
    private Witnesses Ask(Totals population, Totals[] known, double? share, int daysAhead)
    {
        DateOnly day = population.Cutoff.AddDays(daysAhead);
        double mean = known.Length == 0 ? 0 : Trust * known.Average(origin => origin.Level.Purchases);
        double? season = SameSeason(known, day, origin => origin.Level.Purchases) is { } seen ? Trust * seen : null;
        (double? yearAgo, bool growthSeen) = YearAgo(population, known, share, daysAhead);
        return new Witnesses([mean, season, yearAgo], [MeanError, SeasonError, growthSeen ? YearAgoError : Math.Sqrt(YearAgoError * YearAgoError + UnseenGrowth * UnseenGrowth)]);
    }

    private (double? Level, bool GrowthSeen) YearAgo(Totals population, Totals[] known, double? share, int daysAhead)
    {
        DateOnly cutoff = population.Cutoff, yearBefore = cutoff.AddDays(-DaysIn.Year);
        int before = _activity.DaysBefore(yearBefore);
        // A log that is younger than a year at the cutoff knows the year before of days after it all the same.
        if (share is null || before + daysAhead < 0 || daysAhead + _horizon.Days > DaysIn.Year || !IsRenewed(cutoff, population.Customers))
            return (null, false);
        double purchases = _activity.Purchases(yearBefore.AddDays(daysAhead), _horizon.Days);
        if (purchases < FewestPurchases || population.Expected <= 0)
            return (null, false);
        int days = Math.Clamp(before, 0, MostGrowthDays);
        double now = _activity.Purchases(cutoff.AddDays(-days), days), then = _activity.Purchases(yearBefore.AddDays(-days), days);
        bool seen = days >= FewestGrowthDays && now >= FewestPurchases && then >= FewestPurchases;
        return (Math.Log(purchases * share.Value / population.Expected) + (seen ? Math.Log(now / then) : before < 0 ? Growth(population, known, share.Value) : 0) + Drift(known, cutoff, daysAhead), seen);
    }

    /// <summary>
    /// How everyone's purchases grew beneath the season since the oldest origin, as a logarithm: what the prior expects of known customers, over their share of purchases. Believed by half, since of an old
    /// shop whose log is young the prior takes for growth that customers become known.
    /// </summary>
    private double Growth(Totals population, Totals[] known, double share) =>
        KnownShare(known[..1]) is { } then && known[0].Expected > 0 ? 0.5 * Math.Log(population.Expected / share * then / known[0].Expected) : 0;

    /// <summary>
    /// How the share of purchases that known customers make over what the prior expects of them moves, as a logarithm, from a day to one some days later: as it moved a year before.
    /// After a peak the prior sees many who just bought, and expects more than it will once they have been silent for a while. A log that was younger than a year then moved by its youth too, and is believed
    /// by its age.
    /// </summary>
    private double Drift(Totals[] known, DateOnly from, int days)
    {
        DateOnly before = from.AddDays(-DaysIn.Year);
        return days > 0 && SameSeason(known, before, Made, years: 0) is { } start && SameSeason(known, before.AddDays(days), Made, years: 0) is { } end ? Math.Min(1, _activity.DaysBefore(before) / (double)DaysIn.Year) * (end - start) : 0;

        double Made(Totals origin) => Math.Log(Math.Max(origin.Actual, 1) / Math.Max(_activity.Purchases(origin.Cutoff, _horizon.Days), 1) / origin.Expected);
    }

    private bool IsRenewed(DateOnly cutoff, int customers)
    {
        int days = Math.Max(_horizon.Days, MostGrowthDays);
        return _activity.Newcomers(cutoff.AddDays(-days), days) >= Renewal * customers;
    }

    /// <summary>Share of everyone's purchases that customers known beforehand made, at the latest origin where both were seen.</summary>
    private double? KnownShare(Totals[] totals)
    {
        for (int i = totals.Length - 1; i >= 0; i--)
            if (totals[i].Actual > 0 && _activity.Purchases(totals[i].Cutoff, _horizon.Days) is var everyone && everyone >= FewestPurchases)
                return Math.Min(1, totals[i].Actual / everyone);
        return null;
    }

    /// <summary>What spend does beyond purchases, and churn beyond what follows from them: the mean of past origins, and the same season's where it was seen, by half each.</summary>
    private static (double Spend, double Churn) Beside(Totals[] totals, DateOnly day)
    {
        return (Both(origin => origin.Level.Spend - origin.Level.Purchases), Both(origin => origin.ChurnBeside));

        double Both(Func<Totals, double> of)
        {
            double mean = totals.Average(of);
            return Trust * (SameSeason(totals, day, of) is { } season ? (mean + season) / 2 : mean);
        }
    }

    /// <summary>The mean of what origins near a day of the year say; null where there is none.</summary>
    /// <param name="totals">The origins.</param>
    /// <param name="day">The day.</param>
    /// <param name="of">What they say.</param>
    /// <param name="years">How many years before; null for any from 1 on.</param>
    private static double? SameSeason(Totals[] totals, DateOnly day, Func<Totals, double> of, int? years = null)
    {
        double sum = 0, total = 0;
        foreach (Totals origin in totals)
        {
            int days = day.DayNumber - origin.Cutoff.DayNumber, ago = (int)Math.Round(days / (double)DaysIn.Year), apart = Math.Abs(days - ago * DaysIn.Year);
            if ((years is { } wanted ? ago != wanted : ago < 1) || apart > ToleranceDays)
                continue;
            double weight = 1 - apart / (ToleranceDays + 1.0);
            (sum, total) = (sum + weight * of(origin), total + weight);
        }
        return total > 0 ? sum / total : null;
    }

    private static string Words(Witnesses witnesses, double[] weights)
    {
        string[] names = ["the mean of past origins", "the same season of earlier years", "last year's purchases"];
        double total = weights.Where((_, k) => witnesses.Said[k] is not null).Sum();
        return string.Join(", ", names.Select((name, k) => (name, k)).Where(pair => witnesses.Said[pair.k] is not null).Select(pair => FormattableString.Invariant($"{pair.name} ({weights[pair.k] / total:0.##})")));
    }

    /// <summary>What three witnesses say, and how much each is usually off.</summary>
    private sealed record Witnesses(double?[] Said, double[] Usual)
    {
        /// <summary>Whether anyone knows the season.</summary>
        public bool KnowSeason => Said[1] is not null || Said[2] is not null;
    }

    /// <summary>A population as a whole.</summary>
    private sealed record Totals(DateOnly Cutoff, int Customers, double Expected, double Actual, Level Level)
    {
        /// <summary>By how much churn lay beyond what follows from the level of purchases, in log-odds.</summary>
        public double ChurnBeside { get; private init; }

        public static Totals Of(PastOrigin origin)
        {
            double actual = 0;
            foreach (double purchases in origin.Snapshot.Outcomes!.Purchases)
                actual += purchases;
            return new Totals(origin.Snapshot.Window.Cutoff, origin.Snapshot.Count, origin.Prior.Purchases.Sum(), actual, origin.Level)
            {
                ChurnBeside = origin.Level.Churn - ChurnShift.At(origin.Prior, origin.Level.Purchases),
            };
        }
    }
}
