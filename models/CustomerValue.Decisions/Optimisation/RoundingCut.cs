namespace CustomerValue.Decisions.Optimisation;

/// <summary>Sharpens limits in whole units: with a capacity of 23 minutes there are at most 7 calls of 3, not 7.67, and the prices must know.</summary>
/// <remarks>Nemhauser and Wolsey (1990), A recursive procedure to generate all cuts for 0-1 mixed integer programs, Mathematical Programming 46: mixed-integer rounding.</remarks>
internal static class RoundingCut
{
    private const double Largest = 1e9, Rounding = 1e-9;
    private const int MostDivisors = 3;

    /// <summary>The bound as far down as usage in whole units can reach.</summary>
    public static double WholeBound(double[] unit, double[] money, double bound)
    {
        if (!Whole(unit, money) || Math.Abs(bound) > Largest)
            return bound;
        long divisor = 0;
        foreach (double weight in unit)
            divisor = GreatestCommonDivisor(divisor, (long)Math.Abs(weight));
        return divisor == 0 ? bound : Math.Floor(bound / divisor + Rounding) * divisor;
    }

    /// <summary>The unit sizes that a cut may be made of, largest first.</summary>
    public static IEnumerable<double> Divisors(double[] unit, double[] money) =>
        Whole(unit, money) ? unit.Where(weight => weight > 1).Distinct().OrderDescending().Take(MostDivisors) : [];

    /// <summary>Weights w become floor(w / d) + max(0, frac(w / d) - f) / (1 - f) and the bound floor(b / d), with f = frac(b / d); null where that says nothing new.</summary>
    public static (double[] Weights, double Bound)? Of(double[] unit, double bound, double divisor)
    {
        double whole = Math.Floor(bound / divisor + Rounding), f = bound / divisor - whole;
        if (f < Rounding)
            return null;
        double[] weights = Array.ConvertAll(unit, weight =>
        {
            double floor = Math.Floor(weight / divisor + Rounding);
            return floor + Math.Max(0, weight / divisor - floor - f) / (1 - f);
        });
        return (weights, whole);
    }

    private static bool Whole(double[] unit, double[] money) =>
        !Array.Exists(money, weight => weight != 0) && !Array.Exists(unit, weight => weight != Math.Floor(weight) || Math.Abs(weight) > Largest);

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
