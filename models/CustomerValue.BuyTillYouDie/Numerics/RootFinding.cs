namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Inverts distribution functions of a time.</summary>
internal static class RootFinding
{
    private const double Longest = 1e12;

    /// <summary>The time at which a rising function reaches <paramref name="level"/>, to 12 digits; infinite if it does not.</summary>
    public static double FirstTime(Func<double, double> rising, double level)
    {
        double high = 1;
        while (rising(high) < level)
        {
            if (high >= Longest) return double.PositiveInfinity;
            high *= 4;
        }
        double low = high / 4;
        while (low > 1e-12 && rising(low) >= level) (high, low) = (low, low / 4);
        while (high - low > 1e-12 * high)
        {
            double middle = (low + high) / 2;
            if (rising(middle) < level) low = middle;
            else high = middle;
        }
        return high;
    }
}
