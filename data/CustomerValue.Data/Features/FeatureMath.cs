namespace CustomerValue.Data.Features;

/// <summary>The few operations that features are made of; missing in, missing out.</summary>
internal static class FeatureMath
{
    /// <summary>Missing where the denominator is not positive.</summary>
    public static double Ratio(double numerator, double denominator) => denominator > 0 ? numerator / denominator : double.NaN;

    /// <summary>Population deviation from count, sum and sum of squares; missing below two values.</summary>
    public static double Deviation(double count, double sum, double squares)
    {
        if (!(count >= 2))
            return double.NaN;
        double mean = sum / count;
        // What rounding leaves of equal values counts as none.
        double variance = squares / count - mean * mean;
        return variance > 1e-12 * mean * mean ? Math.Sqrt(variance) : 0;
    }

    /// <summary>What is left of a sum without a part of it; what rounding leaves of equal sums counts as nothing.</summary>
    public static double Rest(double sum, double part)
    {
        double rest = sum - part;
        return Math.Abs(rest) <= 1e-9 * Math.Abs(sum) ? 0 : rest;
    }

    /// <summary>log(1 + v) for v above 0, else 0: spend kept negative by the returns policy has no logarithm.</summary>
    public static double Log1p(double value) => value > 0 ? Math.Log(1 + value) : double.IsNaN(value) ? double.NaN : 0;

    /// <summary>Angle of a day within its year, in radians.</summary>
    public static double YearAngle(int dayNumber)
    {
        DateOnly day = DateOnly.FromDayNumber(dayNumber);
        return 2 * Math.PI * (day.DayOfYear - 1) / (DateTime.IsLeapYear(day.Year) ? 366 : 365);
    }
}
