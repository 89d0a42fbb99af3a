using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Versions;

/// <summary>How far a total may lie off; by <see cref="PastForecasts"/>.</summary>
/// <param name="Deviation">Standard deviation of the log of what comes over what is expected.</param>
/// <param name="Freedom">Independent errors it rests on.</param>
public sealed record TotalDoubt(double Deviation, int Freedom)
{
    /// <summary>Errors below which nothing is known where the version does not know how sure it is.</summary>
    private const int LeastErrors = 2;

    /// <summary>Horizons that what the version learnt of its level counts for.</summary>
    private const int Learnt = 3;

    /// <summary>The doubt of a day's total; null where too little is known.</summary>
    /// <param name="level">What the version learnt of its level; null where it did not.</param>
    /// <param name="horizons">Horizons that were over since its cutoff.</param>
    /// <param name="chance">Standard deviation of the total for the chance of each customer, as a share of it.</param>
    /// <param name="asOf">First day of the horizon whose total is meant.</param>
    /// <param name="horizon">The horizon.</param>
    internal static TotalDoubt? Of(LevelCertainty? level, IReadOnlyList<PastForecast> horizons, double chance, DateOnly asOf, Horizon horizon)
    {
        double[] errors = [.. horizons.Where(past => double.IsFinite(past.Error)).Select(past => past.Error * past.Error / Growth(past.Day))];
        if (level is null && errors.Length < LeastErrors)
            return null;
        int freedom = errors.Length + (level is null ? 0 : Learnt);
        double shared = ((level is null ? 0 : Learnt * level.Deviation * level.Deviation) + errors.Sum()) / freedom;
        return new TotalDoubt(Math.Sqrt((chance * chance) + (Growth(asOf) * shared)), freedom);

        double Growth(DateOnly day) => level is null ? 1 : 1 + (Math.Max(0, day.DayNumber - level.Cutoff.DayNumber) / (double)horizon.Days);
    }

    /// <summary>Where a total lies 8 times of 10.</summary>
    /// <param name="expected">The expected total, above 0; money.</param>
    public (double P10, double P90) Around(double expected)
    {
        double reach = Math.Exp(StudentT90(Freedom) * Deviation);
        return (expected / reach, expected * reach);
    }

    /// <summary>The 90 % quantile of Student's distribution, by the expansion in the degrees of freedom (Abramowitz and Stegun 26.7.5).</summary>
    private static double StudentT90(int freedom)
    {
        const double Z = 1.2815515655446004;
        double z3 = Z * Z * Z, z5 = z3 * Z * Z, z7 = z5 * Z * Z;
        return Z + ((z3 + Z) / (4.0 * freedom)) + (((5 * z5) + (16 * z3) + (3 * Z)) / (96.0 * freedom * freedom)) + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * Z)) / (384.0 * freedom * freedom * freedom));
    }
}
