using CustomerValue.Data.Windows;
using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Decisions.Playbook;

/// <summary>What an action changes.</summary>
public enum EffectKind
{
    /// <summary>Share of those who would not buy within the time the effect lasts who then do (negative: of those who would buy who then do not).</summary>
    Buying,

    /// <summary>Change of spend as a share of it.</summary>
    Spend,

    /// <summary>New customers brought, per customer treated.</summary>
    Referrals,

    /// <summary>Change of the cost to serve as a share of it; negative saves.</summary>
    CostToServe,

    /// <summary>Change of an outcome that an uplift model learnt, each customer's own; takes the place of buying and spend.</summary>
    Uplift,
}

/// <summary>What an action changes for each customer, by an uplift model.</summary>
/// <param name="Mean">Expected change of the outcome, by customer.</param>
/// <param name="Worth">Money that one unit of the outcome, as it was measured, is worth over the days the action lasts; by customer.</param>
/// <param name="WorthIsForecast">Whether that rests on the forecast of the customer's margin, and errs with it.</param>
/// <param name="Noise">Variance of the difference of two customers, one treated and one held back, in units of the outcome.</param>
/// <param name="Window">Days whose outcomes were counted.</param>
public sealed record IndividualEffect(double[] Mean, double[] Worth, bool WorthIsForecast, double Noise, Horizon Window);

/// <summary>How large an effect is, and how sure that is.</summary>
/// <param name="Kind">What it changes.</param>
/// <param name="Mean">Expected effect.</param>
/// <param name="Low">Lower end of an 80 % interval.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="Source"><c>assumed</c>, or <c>measured</c>.</param>
/// <param name="Campaign">The campaign that measured it; null where assumed.</param>
public sealed record Effect(EffectKind Kind, double Mean, double Low, double High, string Source, string? Campaign)
{
    /// <summary>Whether it rests on an assumption.</summary>
    public bool IsAssumed => Source == Assumed;

    /// <summary>Each customer's own effect; null where all are taken to be alike.</summary>
    public IndividualEffect? Individual { get; init; }

    /// <summary>Expected effect on a customer.</summary>
    /// <param name="customer">Index of the customer.</param>
    public double MeanOf(int customer) => Individual is null ? Mean : Individual.Mean[customer];

    /// <summary>Standard deviation of the belief, taken as normal.</summary>
    public double Deviation => (High - Low) / (2 * Normal.Z90);

    internal const string Assumed = "assumed", Measured = "measured";
}
