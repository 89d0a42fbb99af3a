using CustomerValue.Data.Windows;

namespace CustomerValue.Strategy.Values;

/// <summary>Reckons a customer's values; all money net of cost to serve.</summary>
/// <remarks>
/// Realised = margin so far - cost to serve so far - acquisition cost.
/// Current = margin of the last 365 days - its cost to serve. With a tenure of W &lt;= 365 days the first purchase is taken out, since it is no pace to go on with (and leaves the
/// last 365 days by itself on the next day), and the year is completed at the expected pace:
/// - first spend x (m - k) + (365 - W) x (repeats + r) / (W + alpha) x order x (m - k), with order = (spend + w z) / (purchase days + w),
/// r and alpha of the gamma of purchase rates over the base, z its mean spend a purchase day and w the weight of that mean.
/// Potential = discounted expected spend over the value horizon x (m - k).
/// m = (margin + S m0) / (spend + S) and k = (cost + S k0) / (spend + S) are the own margin and cost rates drawn towards the base's m0 and k0, S being three average purchases.
/// </remarks>
internal sealed class FourValues(BaseRates rates)
{
    public double NetRate(StrategyInput input, int i) => rates.Margin.Of(input.Margin[i], input.Spend[i]) - CostRate(input, i);

    public static double Realised(StrategyInput input, int i) =>
        input.Margin[i] - (input.CostToServe?[i] ?? 0) - (input.AcquisitionCost?[i] ?? 0);

    public double Current(StrategyInput input, int i, double netRate)
    {
        const double year = DaysIn.Year;
        double earned = input.YearMargin[i] - (input.YearCostToServe?[i] ?? 0), known = input.TenureDays[i];
        if (known > year)
            return earned;
        return earned + ((year - known) * Pace(input, i).Spend - input.FirstSpend[i]) * netRate;
    }

    /// <summary>Mean and squared coefficient of variation of the yearly net margin behind what was seen: gamma-Poisson purchases times the own mean of a purchase day.</summary>
    public (double Mean, double SquaredVariation) CurrentBelief(StrategyInput input, int i, double netRate)
    {
        (double spend, double purchases, double orders) = Pace(input, i);
        return (DaysIn.Year * spend * netRate, (1 + 1 / purchases) * (1 + rates.OrderVariation / orders) - 1);
    }

    /// <summary>Expected spend a day behind what was seen, and on how many purchases and orders that rests.</summary>
    private (double Spend, double Purchases, double Orders) Pace(StrategyInput input, int i)
    {
        double purchases = BaseRates.YearRepeats(input, i) + rates.PurchaseShape, days = Math.Min(DaysIn.Year, input.TenureDays[i]) + rates.PurchaseDays;
        double orders = input.PurchaseDays[i] + rates.OrderWeight;
        return (purchases / days * (input.Spend[i] + rates.OrderWeight * rates.OrderSpend) / orders, purchases, orders);
    }

    private double CostRate(StrategyInput input, int i)
    {
        if (input.CostToServe is not { } cost)
            return 0;
        double prior = rates.Margin.PriorSpend;
        return input.Spend[i] + prior > 0 ? (cost[i] + rates.CostRate * prior) / (input.Spend[i] + prior) : rates.CostRate;
    }
}
