namespace CustomerValue.Models.Forecasting;

/// <summary>Finds the lowest point of a function that falls and then rises.</summary>
internal static class Valley
{
    /// <summary>Where the function is lowest: by thirds, of which the one that cannot hold it is left out; of equals the left one stays.</summary>
    /// <param name="low">Least argument.</param>
    /// <param name="high">Largest argument.</param>
    /// <param name="steps">Thirds left out; each leaves two thirds of the range.</param>
    /// <param name="of">The function.</param>
    public static double Lowest(double low, double high, int steps, Func<double, double> of)
    {
        for (int step = 0; step < steps; step++)
        {
            double left = low + (high - low) / 3, right = high - (high - low) / 3;
            if (of(left) <= of(right))
                high = right;
            else
                low = left;
        }
        return (low + high) / 2;
    }
}
