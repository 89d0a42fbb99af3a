namespace CustomerValue.Decisions.Uplift;

/// <summary>
/// Predicted uplift made true on average: mean effect plus slope times (prediction - mean prediction), the best linear predictor of Chernozhukov, Demirer, Duflo and Fernández-Val (2018).
/// The slope lies within 0 and 3: a model that orders customers the wrong way round tells nothing.
/// </summary>
/// <param name="Mean">Mean doubly robust effect.</param>
/// <param name="Centre">Mean prediction.</param>
/// <param name="Slope">Slope, 0 to 3.</param>
internal sealed record UpliftCalibration(double Mean, double Centre, double Slope)
{
    private const double MostSlope = 3;

    public double Of(double predicted) => Mean + Slope * (predicted - Centre);

    public static UpliftCalibration Fit(double[] predicted, double[] effects, Func<int, bool> counts)
    {
        int[] rows = [.. Enumerable.Range(0, predicted.Length).Where(counts)];
        double[] x = Array.ConvertAll(rows, row => predicted[row]), y = Array.ConvertAll(rows, row => effects[row]);
        double slope = SlopeOf(x, y, []);
        return new UpliftCalibration(y.Average(), x.Average(), double.IsFinite(slope) ? Math.Clamp(slope, 0, MostSlope) : 0);
    }

    /// <summary>Slope of effects over predictions (least squares); NaN where all predictions are equal.</summary>
    public static double SlopeOf(double[] predicted, double[] effects, byte[] times)
    {
        double n = 0, sumX = 0, sumY = 0, xx = 0, xy = 0;
        for (int row = 0; row < predicted.Length; row++)
        {
            int weight = times.Length == 0 ? 1 : times[row];
            n += weight;
            sumX += weight * predicted[row];
            sumY += weight * effects[row];
            xx += weight * predicted[row] * predicted[row];
            xy += weight * predicted[row] * effects[row];
        }
        double variance = xx - sumX * sumX / n;
        return variance > 1e-12 * Math.Abs(xx) ? (xy - sumX * sumY / n) / variance : double.NaN;
    }
}
