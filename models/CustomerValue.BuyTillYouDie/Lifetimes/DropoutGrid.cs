using CustomerValue.BuyTillYouDie.Numerics;

namespace CustomerValue.BuyTillYouDie;

/// <summary>Nodes for integrals over the moment of dropout: of (1 + t/A)^-m times a lifetime density, over [0, end].</summary>
/// <remarks>
/// Substitutes t = c (e^v - 1) with c the smaller scale of the two factors, which keeps their singularities at least pi away from
/// the real v, and cuts the range where the integrand has fallen by e^-45. The number of nodes follows from range and fall,
/// so that the relative error stays below 1e-12 from a flat integrand to x = 10,000.
/// </remarks>
internal readonly ref struct DropoutGrid
{
    private const double Negligible = 45;
    private static readonly GaussLegendre.Rule[] s_rules = [GaussLegendre.Build(12), GaussLegendre.Build(20), GaussLegendre.Build(32), GaussLegendre.Build(64)];

    /// <param name="m">Exponent of the purchase factor.</param>
    /// <param name="a">Scale of the purchase factor.</param>
    /// <param name="lifetimeScale">Scale of the lifetime.</param>
    /// <param name="lifetimeExponent">Exponent by which survival falls over that scale.</param>
    /// <param name="lifetimeEnd">Time at which survival is negligible.</param>
    /// <param name="end">End of the range.</param>
    public DropoutGrid(double m, double a, double lifetimeScale, double lifetimeExponent, double lifetimeEnd, double end)
    {
        Scale = Math.Min(a, lifetimeScale);
        double upper = Math.Min(end, Math.Min(lifetimeEnd, a * Scalars.ExpMinusOne(Negligible / m)));
        Range = Scalars.LogOnePlus(upper / Scale);
        double fall = m * Scalars.LogOnePlus(upper / a) + lifetimeExponent * Scalars.LogOnePlus(upper / lifetimeScale);
        GaussLegendre.Rule rule = s_rules[Range < 2 && fall < 5 ? 0 : Range < 4 && fall < 16 ? 1 : Range < 10 ? 2 : 3];
        Nodes = rule.Nodes;
        Weights = rule.Weights;
    }

    /// <summary>c in t = c (e^v - 1).</summary>
    public double Scale { get; }

    /// <summary>Largest v; nodes and weights are for [0, 1].</summary>
    public double Range { get; }

    public ReadOnlySpan<double> Nodes { get; }

    public ReadOnlySpan<double> Weights { get; }

    /// <summary>Negative logarithm of a survival that no longer counts.</summary>
    public static double NegligibleSurvival => Negligible;
}
