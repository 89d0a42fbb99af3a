using CustomerValue.Models.Formulas;

namespace CustomerValue.Models.Candidates;

/// <summary>Turns expected purchases into the probability of none: the zero term of a negative binomial, <c>(1 + E / k)^-k</c>.</summary>
/// <remarks>
/// BG/NBD takes every customer without a repeat purchase as alive, so its own P(no purchase) ranks them wrongly among the lapsed
/// (AUC .757 on the CDNOW sample, against .773 when ranked by expected purchases). The dispersion k keeps the base's mean probability
/// as the model states it and orders customers by expected purchases.
/// </remarks>
/// <param name="Dispersion">k; the smaller, the more customers stay away at the same mean.</param>
internal readonly record struct ChurnCurve(double Dispersion)
{
    private const double Least = 0.02;
    private const double Most = 1000;

    /// <summary>Finds the dispersion at which the mean probability over the base is the model's own.</summary>
    /// <param name="expectedPurchases">Expected purchases of each customer.</param>
    /// <param name="noPurchase">The model's probability of no purchase of each customer.</param>
    public static ChurnCurve Match(ReadOnlySpan<double> expectedPurchases, ReadOnlySpan<double> noPurchase)
    {
        double target = 0, low = Math.Log(Least), high = Math.Log(Most);
        foreach (double probability in noPurchase)
            target += probability;
        for (int step = 0; step < 60; step++)
        {
            double middle = (low + high) / 2, sum = 0;
            ChurnCurve curve = new(Math.Exp(middle));
            foreach (double expected in expectedPurchases)
                sum += curve.Of(expected);
            if (sum > target)
                low = middle;
            else
                high = middle;
        }
        return new ChurnCurve(Math.Exp((low + high) / 2));
    }

    /// <summary>Probability of no purchase of a customer with so many expected.</summary>
    public double Of(double expectedPurchases) => Math.Exp(-Dispersion * Math.Log(1 + expectedPurchases / Dispersion));

    /// <inheritdoc cref="Of(double)"/>
    public Formula Of(Formula expectedPurchases) => Formula.Exp(-Dispersion * Formula.Log(1 + expectedPurchases / Dispersion));
}
