using CustomerValue.Models.Evaluation;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>What it cost to follow the champion instead of one fixed entrant: the mean over splits of the log ratio of their losses.</summary>
/// <remarks>Splits of one log share customers and days, so the bootstrap (Efron 1979) draws splits, and the interval says how far other moments of such logs might have changed it.</remarks>
internal static class Regret
{
    private const int Resamples = 2000;

    /// <summary>The share by which the champion's loss lies above another's, negative where below, with its 95 % interval; NaN without splits.</summary>
    public static Interval Of(IReadOnlyList<(double Champion, double Other)> splits)
    {
        double[] logs = [.. splits.Where(split => split is { Champion: > 0, Other: > 0 }).Select(split => Math.Log(split.Champion / split.Other))];
        if (logs.Length == 0)
            return new Interval(double.NaN, double.NaN, double.NaN);
        Random random = new(1);
        double[] means = new double[Resamples];
        for (int resample = 0; resample < Resamples; resample++)
        {
            for (int draw = 0; draw < logs.Length; draw++)
                means[resample] += logs[random.Next(logs.Length)] / logs.Length;
        }
        Array.Sort(means);
        return new Interval(Math.Exp(logs.Average()) - 1, Math.Exp(means[Resamples / 40]) - 1, Math.Exp(means[^(Resamples / 40)]) - 1);
    }
}
