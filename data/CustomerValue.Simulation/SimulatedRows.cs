namespace CustomerValue.Simulation;

/// <summary>One line of an order, or its return (negative quantity and money).</summary>
/// <param name="Customer">Customer, counted from 0; written as C and the number from 1.</param>
/// <param name="Order">Order of this customer, counted from 1; a return keeps its order's number.</param>
/// <param name="Day">Days since the start.</param>
/// <param name="Minute">Minute of the day, 0 to 1439.</param>
/// <param name="Product">Product, counted from 0.</param>
/// <param name="Channel">Index into <see cref="SimulationVocabulary.Channels"/>.</param>
/// <param name="Quantity">Pieces; negative for a return.</param>
/// <param name="AmountCents">Money paid for the line after discount, in hundredths; negative for a return.</param>
/// <param name="DiscountCents">Discount in it, in hundredths; negative for a return.</param>
/// <param name="UnitCostCents">Cost of one piece, in hundredths.</param>
public readonly record struct SimulatedLine(
    int Customer, int Order, int Day, int Minute, int Product, int Channel, int Quantity, long AmountCents, long DiscountCents, long UnitCostCents);

/// <summary>Attributes of a customer; -1 where missing.</summary>
/// <param name="Customer">Customer, counted from 0.</param>
/// <param name="SignupDay">Days from the start to the first order.</param>
/// <param name="Tier">Index into <see cref="SimulationVocabulary.Tiers"/>: speaks of the segment.</param>
/// <param name="AgeBand">Index into <see cref="SimulationVocabulary.AgeBands"/>: speaks of the dropout rate.</param>
/// <param name="AcquisitionChannel">Index into <see cref="SimulationVocabulary.AcquisitionChannels"/>: speaks of the purchase rate.</param>
/// <param name="HouseholdSize">Persons, 1 to 6: speaks of the wallet.</param>
/// <param name="EmailOptIn">0 or 1: speaks of the treatment effect.</param>
/// <param name="Region">Index into <see cref="SimulationVocabulary.Regions"/>: speaks of nothing.</param>
/// <param name="StarSign">Index into <see cref="SimulationVocabulary.StarSigns"/>: speaks of nothing.</param>
public readonly record struct SimulatedCustomer(
    int Customer, int SignupDay, int Tier, int AgeBand, int AcquisitionChannel, int HouseholdSize, int EmailOptIn, int Region, int StarSign);

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
