namespace CustomerValue.Simulation;

/// <summary>The hidden state of a customer at the end of the log, and what is to be expected from it. Never an input of a model.</summary>
/// <remarks>
/// Expectations condition on the rates, the phase within the current gap, whether the customer is alive and the returns under way,
/// but not on the future dropout moment. Money is at the prices of its day, growth included. See <c>docs/simulator.md</c>.
/// </remarks>
public readonly record struct CustomerTruth
{
    /// <summary>Customer, counted from 0.</summary>
    public int Customer { get; init; }

    /// <summary>Index into <see cref="SimulationOptions.Segments"/>.</summary>
    public int Segment { get; init; }

    /// <summary>Moment of the first order, in days since the start.</summary>
    public double AcquiredDay { get; init; }

    /// <summary>True orders a day while active, at an average day's season, referral effect included.</summary>
    public double PurchaseRate { get; init; }

    /// <summary>Erlang k of the gaps.</summary>
    public int Regularity { get; init; }

    /// <summary>Dropout rate a day (lifetime) or probability after a repeat order.</summary>
    public double Dropout { get; init; }

    /// <summary>Moment the customer left, in days since the start; infinite when still alive at the end.</summary>
    public double DropoutDay { get; init; }

    /// <summary>Strength of the yearly wave.</summary>
    public double SeasonStrength { get; init; }

    /// <summary>True mean order value at the start's prices, before returns.</summary>
    public double MeanOrderValue { get; init; }

    /// <summary>Expected margin per money of net spend.</summary>
    public double MarginShare { get; init; }

    /// <summary>Share of lines sent back.</summary>
    public double ReturnShare { get; init; }

    /// <summary>Phases of the current Erlang gap already passed, 0 to k - 1.</summary>
    public int Phase { get; init; }

    /// <summary>Orders in the log, the first included.</summary>
    public int Orders { get; init; }

    /// <summary>Expected orders in the horizon.</summary>
    public double ExpectedOrders { get; init; }

    /// <summary>Expected days with an order in the horizon.</summary>
    public double ExpectedPurchaseDays { get; init; }

    /// <summary>Probability of no order in the horizon.</summary>
    public double ChurnProbability { get; init; }

    /// <summary>Expected spend in the horizon, net of returns that fall in it.</summary>
    public double ExpectedSpend { get; init; }

    /// <summary>Expected value of returns in the horizon, those of earlier orders under way included.</summary>
    public double ExpectedReturns { get; init; }

    /// <summary>Expected margin in the horizon, net of returns, before cost to serve.</summary>
    public double ExpectedMargin { get; init; }

    /// <summary>Relative change of the purchase rate while a campaign works.</summary>
    public double Uplift { get; init; }

    /// <summary>Extra orders expected within the campaign effect's days, if contacted at the end rather than not.</summary>
    public double TreatmentEffectOrders { get; init; }

    /// <summary>The margin of these extra orders.</summary>
    public double TreatmentEffectMargin { get; init; }

    /// <summary>What the customer spends a year on such goods, here and elsewhere, at the start's prices.</summary>
    public double WalletPerYear { get; init; }

    /// <summary>The part of it spent elsewhere: the potential.</summary>
    public double UnspentWalletPerYear { get; init; }

    /// <summary>Service calls a year while active.</summary>
    public double CallsPerYear { get; init; }

    /// <summary>Cost of the service activities in the log, at the true rates of the documentation.</summary>
    public double ServiceCost { get; init; }

    /// <summary>Who referred the customer, counted from 0; -1 if nobody.</summary>
    public int ReferredBy { get; init; }

    /// <summary>True if a referred customer would have come without the referral: only the others are due to the referrer.</summary>
    public bool WouldHaveComeAnyway { get; init; }

    /// <summary>Favourite category.</summary>
    public int PreferredCategory { get; init; }

    /// <summary>Favourite channel.</summary>
    public int PreferredChannel { get; init; }

    /// <summary>Whether the customer can still order after the end.</summary>
    public bool AliveAtEnd => double.IsPositiveInfinity(DropoutDay);
}
