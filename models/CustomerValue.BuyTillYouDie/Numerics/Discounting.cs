namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Present value of a stream whose expected total up to a time is known.</summary>
internal static class Discounting
{
    /// <summary>
    /// The integral of exp(-rate t) dE(t) over [0, horizon], by parts: exp(-rate H) E(H) + rate * integral of exp(-rate t) E(t) dt.
    /// </summary>
    public static double Total(Func<double, double> expected, double rate, double horizon)
    {
        if (rate == 0) return expected(horizon);
        double end = Math.Min(horizon, 45 / rate), scale = end / 500;
        double closing = double.IsPositiveInfinity(horizon) ? 0 : Math.Exp(-rate * horizon) * expected(horizon);
        // t = scale (e^v - 1) spreads the nodes over all the scales on which a customer's fate is decided.
        double integral = GaussLegendre.Integrate(0, Math.Log(1 + end / scale), 6, v =>
        {
            double t = scale * (Math.Exp(v) - 1);
            return Math.Exp(-rate * t) * expected(t) * (t + scale);
        });
        return closing + rate * integral;
    }
}
