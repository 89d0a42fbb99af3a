namespace CustomerValue.Simulation;

/// <summary>One line of an order, or its return (negative quantity and money).</summary>
public readonly record struct SimulatedLine
{
    /// <summary>Customer, counted from 0; written as C and the number from 1.</summary>
    public required int Customer { get; init; }

    /// <summary>Order of this customer, counted from 1; a return keeps its order's number.</summary>
    public required int Order { get; init; }

    /// <summary>Days since the start.</summary>
    public required int Day { get; init; }

    /// <summary>Minute of the day, 0 to 1439.</summary>
    public required int Minute { get; init; }

    /// <summary>Product, counted from 0.</summary>
    public required int Product { get; init; }

    /// <summary>Index into <see cref="SimulationVocabulary.Channels"/>.</summary>
    public required int Channel { get; init; }

    /// <summary>Pieces; negative for a return.</summary>
    public required int Quantity { get; init; }

    /// <summary>Money paid for the line after discount, in hundredths; negative for a return.</summary>
    public required long AmountCents { get; init; }

    /// <summary>Discount in it, in hundredths; negative for a return.</summary>
    public required long DiscountCents { get; init; }

    /// <summary>Cost of one piece, in hundredths.</summary>
    public required long UnitCostCents { get; init; }
}

/// <summary>Attributes of a customer; -1 where missing.</summary>
public readonly record struct SimulatedCustomer
{
    /// <summary>Customer, counted from 0.</summary>
    public required int Customer { get; init; }

    /// <summary>Days from the start to the first order.</summary>
    public required int SignupDay { get; init; }

    /// <summary>Index into <see cref="SimulationVocabulary.Tiers"/>: speaks of the segment.</summary>
    public required int Tier { get; init; }

    /// <summary>Index into <see cref="SimulationVocabulary.AgeBands"/>: speaks of the dropout rate.</summary>
    public required int AgeBand { get; init; }

    /// <summary>Index into <see cref="SimulationVocabulary.AcquisitionChannels"/>: speaks of the purchase rate.</summary>
    public required int AcquisitionChannel { get; init; }

    /// <summary>Persons, 1 to 6: speaks of the wallet.</summary>
    public required int HouseholdSize { get; init; }

    /// <summary>0 or 1: speaks of the treatment effect.</summary>
    public required int EmailOptIn { get; init; }

    /// <summary>Index into <see cref="SimulationVocabulary.Regions"/>: speaks of nothing.</summary>
    public required int Region { get; init; }

    /// <summary>Index into <see cref="SimulationVocabulary.StarSigns"/>: speaks of nothing.</summary>
    public required int StarSign { get; init; }
}

/// <summary>Something done for a customer that costs service capacity.</summary>
/// <param name="Customer">Customer, counted from 0.</param>
/// <param name="Day">Days since the start.</param>
/// <param name="Activity">Index into <see cref="SimulationVocabulary.Activities"/>.</param>
/// <param name="Minutes">Minutes of work, the cost driver.</param>
public readonly record struct SimulatedActivity(int Customer, int Day, int Activity, int Minutes);

/// <summary>One customer brought another.</summary>
/// <param name="Referrer">Who recommended, counted from 0.</param>
/// <param name="Referee">Who came, counted from 0; always greater than the referrer.</param>
/// <param name="Day">Days from the start to the referee's first order.</param>
public readonly record struct SimulatedReferral(int Referrer, int Referee, int Day);

/// <summary>A customer selected by a campaign.</summary>
/// <param name="Customer">Customer, counted from 0.</param>
/// <param name="Campaign">Campaign, counted from 1.</param>
/// <param name="Day">Days from the start to the campaign.</param>
/// <param name="Treated">True if contacted; false if held back as control group.</param>
public readonly record struct SimulatedContact(int Customer, int Campaign, int Day, bool Treated);
