using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Candidates;

/// <summary>Takes a mixture's expected purchases apart again: up to a ceiling each is raised to a power, and the total stays; spend moves with purchases.</summary>
/// <remarks>
/// Means of forecasts lie too close to the middle: where the parts disagree, each knows something that the others do not, so that the mixture is less sharp than it could be (Ranjan and Gneiting 2010).
/// The remedy is to calibrate it once more, by one slope in log purchases that past origins teach. Whoever buys more than twice as much as the base is moved by the same factor as one at
/// twice: few such customers decide what a slope would make of them.
/// </remarks>
/// <param name="Slope">The power, at least 1; 1 changes nothing.</param>
/// <param name="Ceiling">Expected purchases above which a customer's factor grows no further.</param>
/// <param name="Purchases">Added to the log of purchases, so that the base's total stays.</param>
/// <param name="Spend">The same of spend.</param>
/// <param name="HorizonDays">Days ahead at which it was learnt: a customer's factor there is the factor at every horizon, so that more days never mean less.</param>
internal sealed record Sharpening(double Slope, double Ceiling, double Purchases, double Spend, int HorizonDays)
{
    /// <summary>Fewer expected purchases than these are all alike.</summary>
    public const double Least = 1e-9;

    /// <summary>The slope that is believed without evidence, how firmly, and how much more so with few customers: usual on development splits, by their middle.</summary>
    private const double Usual = 1.1, Pull = 0.3, PullOfFew = 100;

    private const double Most = 1.4, TimesTheMean = 2;
    private const int Steps = 14;

    /// <summary>Changes nothing.</summary>
    public static Sharpening None(Horizon horizon) => new(1, double.MaxValue, 0, 0, horizon.Days);

    /// <summary>The ceiling of a base of that total.</summary>
    public static double CeilingOf(double total, int customers) => Math.Max(TimesTheMean * total / Math.Max(1, customers), 2 * Least);

    /// <summary>How far the log of a customer's figures is moved, the total's shift left out.</summary>
    /// <param name="purchases">Expected purchases at the horizon that was learnt.</param>
    /// <param name="level">Log of the level of the base at that day over the level at the cutoff: a season moves everyone alike.</param>
    public double Of(double purchases, double level) => Slope == 1 ? 0 : (Slope - 1) * Math.Log(Math.Clamp(purchases * Math.Exp(-level), Least, Ceiling));

    /// <summary>The slope of least mean Poisson deviance over past origins, each brought to the total that came, drawn towards what is usual.</summary>
    /// <param name="origins">Mixed purchases and actual ones at each.</param>
    public static double Learn(IReadOnlyList<(double[] Mixed, double[] Actual)> origins)
    {
        (double[] Mixed, double[] Actual, double Standard)[] judged = [.. origins.Select(origin => (origin.Mixed, origin.Actual, Standard: Deviance(origin.Mixed, origin.Actual, 1))).Where(origin => origin.Standard > 0)];
        if (judged.Length == 0)
            return Usual;
        double pull = Pull + PullOfFew / judged.Sum(origin => origin.Actual.Length);
        return Valley.Lowest(1, Most, Steps, Loss);

        double Loss(double slope) => judged.Average(origin => Deviance(origin.Mixed, origin.Actual, slope) / origin.Standard) + pull * Math.Pow(Math.Log(slope / Usual), 2);
    }

    /// <summary>By what each customer's figures are multiplied, totals left out.</summary>
    public static double[] Factors(double[] mixed, double slope)
    {
        double ceiling = CeilingOf(mixed.Sum(), mixed.Length);
        return Array.ConvertAll(mixed, value => slope == 1 ? 1 : Math.Pow(Math.Clamp(value, Least, ceiling), slope - 1));
    }

    private static double Deviance(double[] mixed, double[] actual, double slope)
    {
        double total = 0, wanted = actual.Sum();
        double[] sharp = Factors(mixed, slope);
        for (int i = 0; i < sharp.Length; i++)
            total += sharp[i] *= Math.Max(mixed[i], Least);
        if (!(total > 0) || !(wanted > 0))
            return 0;
        double factor = wanted / total, sum = 0;
        for (int i = 0; i < sharp.Length; i++)
        {
            double mean = factor * sharp[i];
            sum += 2 * ((actual[i] > 0 ? actual[i] * Math.Log(actual[i] / mean) : 0) - actual[i] + mean);
        }
        return sum / sharp.Length;
    }
}
