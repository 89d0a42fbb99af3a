namespace CustomerValue.Models.Candidates;

/// <summary>Weights of a mixture, learnt on past origins: shares that lose least there, drawn towards defaults.</summary>
/// <remarks>
/// Stacked generalisation (Wolpert 1992; Breiman 1996) with shares that are positive and sum to 1. What is made small is the mean over origins of the mixture's loss over the defaults' loss, plus
/// <c>(.01 + 20 / n) KL(w, defaults)</c> with n customers judged: combinations near equal weights seldom lose (Bates and Granger 1969), and few customers are a weak judge. Found by
/// exponentiated gradient (Kivinen and Warmuth 1997).
/// </remarks>
internal static class Stacking
{
    private const double LeastPull = 0.01, PullOfFew = 20;
    private const int MostSteps = 80;
    private const double Enough = 1e-7;

    /// <summary>What the parts said at one origin, and what happened.</summary>
    /// <param name="Parts">Forecasts of each part, a value a customer; null where it did not run there.</param>
    /// <param name="Actual">What happened to each customer.</param>
    internal sealed record Origin(double[]?[] Parts, double[] Actual);

    /// <summary>Learns the shares.</summary>
    /// <param name="origins">Past origins; with none, the defaults are the answer.</param>
    /// <param name="defaults">Shares to be drawn towards; positive, sum 1.</param>
    /// <param name="loss">Loss of a forecast where something happened, and its slope in the forecast.</param>
    public static double[] Weights(IReadOnlyList<Origin> origins, double[] defaults, Func<double, double, (double Loss, double Slope)> loss)
    {
        List<(Origin Origin, double Scale)> judged = [];
        foreach (Origin origin in origins)
            if (origin.Parts.Any(part => part is not null) && Evaluate(origin, defaults, loss, null) is > 0 and double standard)
                judged.Add((origin, standard));
        if (judged.Count == 0)
            return defaults;
        double pull = LeastPull + PullOfFew / judged.Sum(pair => pair.Origin.Actual.Length);
        double[] weights = [.. defaults], slopes = new double[defaults.Length];
        double now = Objective(weights, slopes), step = 1;
        for (int round = 0; round < MostSteps && step > 1e-4; round++)
        {
            double steepest = slopes.Max(Math.Abs);
            if (steepest < Enough)
                break;
            double[] trial = new double[weights.Length], trialSlopes = new double[weights.Length];
            double middle = weights.Select((weight, k) => weight * slopes[k]).Sum();
            for (int k = 0; k < trial.Length; k++)
                trial[k] = weights[k] * Math.Exp(-step * (slopes[k] - middle) / steepest);
            double total = trial.Sum();
            for (int k = 0; k < trial.Length; k++)
                trial[k] /= total;
            double next = Objective(trial, trialSlopes);
            if (next >= now)
            {
                step /= 2;
                continue;
            }
            bool done = now - next < Enough;
            (weights, slopes, now, step) = (trial, trialSlopes, next, Math.Min(1.5 * step, 4));
            if (done)
                break;
        }
        return weights;

        double Objective(double[] at, double[] slope)
        {
            Array.Clear(slope);
            double sum = 0;
            double[] one = new double[at.Length];
            foreach ((Origin origin, double scale) in judged)
            {
                sum += Evaluate(origin, at, loss, one) / scale / judged.Count;
                for (int k = 0; k < one.Length; k++)
                    slope[k] += one[k] / scale / judged.Count;
            }
            for (int k = 0; k < at.Length; k++)
            {
                double log = Math.Log(Math.Max(at[k], 1e-12) / defaults[k]);
                sum += pull * at[k] * log;
                slope[k] += pull * (log + 1);
            }
            return sum;
        }
    }

    /// <summary>Mean loss of the mixture of the parts that ran, and its slope in each share.</summary>
    private static double Evaluate(Origin origin, double[] weights, Func<double, double, (double Loss, double Slope)> loss, double[]? slopes)
    {
        double total = 0, sum = 0;
        for (int k = 0; k < weights.Length; k++)
            total += origin.Parts[k] is null ? 0 : weights[k];
        if (slopes is not null)
            Array.Clear(slopes);
        for (int i = 0; i < origin.Actual.Length; i++)
        {
            double mixed = 0;
            for (int k = 0; k < weights.Length; k++)
                mixed += origin.Parts[k] is { } part ? weights[k] / total * part[i] : 0;
            (double lost, double slope) = loss(mixed, origin.Actual[i]);
            sum += lost;
            for (int k = 0; slopes is not null && k < weights.Length; k++)
                slopes[k] += origin.Parts[k] is { } part ? slope * (part[i] - mixed) / total / origin.Actual.Length : 0;
        }
        return sum / origin.Actual.Length;
    }
}
