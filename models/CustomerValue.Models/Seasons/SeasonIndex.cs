using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Seasons;

/// <summary>How busy each time of the year is among customers who are there already: 1 is the average of the year.</summary>
/// <remarks>
/// Purchase days after a customer's first, a day and active customer (one who bought within the 365 days before), set against the mean of their own
/// year so that growth is no season, in <see cref="Bins"/> equal parts of the year counted from 1 January. Parts are drawn towards 1 by the share of
/// their spread that chance alone explains (empirical Bayes with Poisson noise), and by what one year's witness is worth.
/// </remarks>
/// <param name="Factors">One factor for each part of the year, 1 on average; empty where no whole year is known, and every factor is then 1.</param>
public sealed record SeasonIndex(IReadOnlyList<double> Factors)
{
    private const int Bins = 26;

    /// <summary>
    /// Days after the first one before a year may begin: in a log's first months whoever is seen at all is a frequent buyer, which looks like a season
    /// (Online Retail II, with the year from its first day on: purchases of the next winter 122 % too high, without 64 %).
    /// </summary>
    private const int BurnInDays = 120;

    /// <summary>How many years as good as one must be seen before the seen season is believed by half: one year's witness counts for 80 %.</summary>
    private const double DoubtYears = 0.25;

    /// <summary>The season of the unknown: 1 everywhere.</summary>
    public static SeasonIndex None { get; } = new([]);

    /// <summary>Mean factor of the days <c>[from, until)</c> after a day.</summary>
    /// <param name="day">Day 0.</param>
    /// <param name="from">First day, at least 0.</param>
    /// <param name="until">Above <paramref name="from"/>; fractions of a day count as such.</param>
    public double Mean(DateOnly day, double from, double until)
    {
        if (Factors.Count == 0 || until <= from)
            return 1;
        double start = day.DayOfYear - 1 + from;
        return (Integral(start + until - from) - Integral(start)) / (until - from);
    }

    /// <summary>Days of the season's clock in <c>[from, until)</c> after a day: busy days count for more than one, quiet ones for less, a year for a year.</summary>
    /// <inheritdoc cref="Mean"/>
    public double Days(DateOnly day, double from, double until) => (until - from) * Mean(day, from, until);

    /// <summary>Learns from the whole years before a day.</summary>
    /// <param name="log">All transactions; nothing on or after <paramref name="cutoff"/> is looked at.</param>
    /// <param name="cutoff">First day not looked at.</param>
    public static SeasonIndex Learn(TransactionLog log, DateOnly cutoff)
    {
        int days = Math.Min(cutoff.DayNumber, log.LastDay.DayNumber + 1) - log.FirstDay.DayNumber, years = (cutoff.DayNumber - log.FirstDay.DayNumber - BurnInDays) / DaysIn.Year;
        if (years < 1 || days < 1)
            return None;
        (double[] purchases, double[] active) = Count(log, days);
        double[] seen = new double[Bins], weight = new double[Bins], counts = new double[Bins];
        int witnesses = 0;
        for (int year = 0; year < years; year++)
            witnesses += AddYear(log.FirstDay, purchases, active, cutoff.DayNumber - log.FirstDay.DayNumber - (year + 1) * DaysIn.Year, seen, weight, counts) ? 1 : 0;
        return witnesses == 0 || weight.Any(part => part <= 0) ? None : new SeasonIndex(Shrink(seen, weight, counts, witnesses));
    }

    private double Integral(double day)
    {
        double whole = Math.Floor(day / DaysIn.MeanYear), position = (day - whole * DaysIn.MeanYear) / DaysIn.MeanYear * Factors.Count;
        int part = Math.Min((int)position, Factors.Count - 1);
        double sum = 0;
        for (int i = 0; i < part; i++)
            sum += Factors[i];
        return whole * DaysIn.MeanYear + (sum + (position - part) * Factors[part]) * DaysIn.MeanYear / Factors.Count;
    }

    /// <summary>Repeat purchase days and active customers on each day of the log.</summary>
    private static (double[] Purchases, double[] Active) Count(TransactionLog log, int days)
    {
        double[] purchases = new double[days], change = new double[days + 1];
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        ReadOnlySpan<ushort> at = log.Days;
        ReadOnlySpan<double> amounts = log.Amounts;
        for (int customer = 0; customer + 1 < offsets.Length; customer++)
        {
            int last = -1;
            for (int row = offsets[customer]; row < offsets[customer + 1] && at[row] < days; row++)
            {
                if (amounts[row] < 0 || at[row] == last)
                    continue;
                if (last >= 0)
                    purchases[at[row]] += at[row] - last <= DaysIn.Year ? 1 : 0;
                Enter(last, at[row]);
                last = at[row];
            }
            Enter(last, days);
        }
        for (int day = 1; day < days; day++)
            change[day] += change[day - 1];
        return (purchases, change[..days]);

        // Active from the day after a purchase until the next one, a year at most.
        void Enter(int last, int next)
        {
            if (last < 0 || last + 1 >= days)
                return;
            change[last + 1]++;
            change[Math.Min(Math.Min(next, last + DaysIn.Year) + 1, days)]--;
        }
    }

    /// <summary>Adds one year's parts relative to that year's mean; a year that began without customers has no mean.</summary>
    private static bool AddYear(DateOnly firstDay, double[] purchases, double[] active, int start, double[] seen, double[] weight, double[] counts)
    {
        double[] bought = new double[Bins], exposed = new double[Bins];
        for (int day = Math.Max(start, 0); day < Math.Min(start + DaysIn.Year, purchases.Length); day++)
        {
            int part = Math.Min((int)((firstDay.AddDays(day).DayOfYear - 1) / DaysIn.MeanYear * Bins), Bins - 1);
            bought[part] += purchases[day];
            exposed[part] += active[day];
        }
        double total = 0;
        for (int part = 0; part < Bins; part++)
            total += exposed[part] > 0 ? bought[part] / exposed[part] / Bins : 0;
        if (total <= 0 || exposed.Any(days => days <= 0))
            return false;
        for (int part = 0; part < Bins; part++)
        {
            double expected = exposed[part] * total;
            seen[part] += bought[part];
            weight[part] += expected;
            counts[part] += bought[part];
        }
        return true;
    }

    private static double[] Shrink(double[] seen, double[] weight, double[] counts, int years)
    {
        double[] factors = new double[Bins];
        double spread = 0, noise = 0;
        for (int part = 0; part < Bins; part++)
        {
            factors[part] = seen[part] / weight[part];
            spread += (factors[part] - 1) * (factors[part] - 1) / Bins;
            noise += Math.Max(counts[part], 1) / (weight[part] * weight[part]) / Bins;
        }
        double trust = spread > noise ? (1 - noise / spread) * years / (years + DoubtYears) : 0;
        double mean = factors.Average();
        for (int part = 0; part < Bins; part++)
            factors[part] = 1 + trust * (factors[part] / mean - 1);
        return factors;
    }
}
