using CustomerValue.Data.Aggregates;

namespace CustomerValue.Models.Value;

/// <summary>Margin as a share of spend: the base's, and each customer's own drawn towards it.</summary>
/// <param name="Base">Margin over spend of the whole base.</param>
/// <param name="PriorSpend">Money of spend at the base's rate that a customer's own figures are mixed with: three average purchases.</param>
/// <param name="Known">Whether transactions carried margins; else the base rate is the stated default.</param>
public sealed record MarginRates(double Base, double PriorSpend, bool Known)
{
    private const double PriorPurchases = 3;

    /// <summary>Learns the rates of a population.</summary>
    public static MarginRates Learn(CustomerAggregates aggregates, double defaultRate)
    {
        ReadOnlySpan<double> margins = aggregates.Margin, spends = aggregates.TotalSpend, x = aggregates.X;
        double margin = 0, spend = 0, marginSpend = 0, purchases = 0;
        for (int i = 0; i < spends.Length; i++)
        {
            spend += spends[i];
            purchases += x[i] + 1;
            if (margins.Length > 0 && double.IsFinite(margins[i]))
            {
                margin += margins[i];
                marginSpend += spends[i];
            }
        }
        double priorSpend = purchases > 0 ? PriorPurchases * spend / purchases : 0;
        return marginSpend > 0 && margin > 0
            ? new MarginRates(Math.Min(margin / marginSpend, 1), priorSpend, Known: true)
            : new MarginRates(defaultRate, priorSpend, Known: false);
    }

    /// <summary>The rate of one customer.</summary>
    /// <param name="margin">Margin so far; NaN where unknown.</param>
    /// <param name="spend">Spend so far.</param>
    public double Of(double margin, double spend) =>
        Known && double.IsFinite(margin) && spend + PriorSpend > 0 ? (margin + Base * PriorSpend) / (spend + PriorSpend) : Base;
}
