using CustomerValue.Data.Windows;
using CustomerValue.Models.Value;

namespace CustomerValue.Strategy.Values;

/// <summary>What the whole base teaches about one customer of whom little is known.</summary>
public sealed record BaseRates
{
    /// <summary>Margin rates: the base's, and each customer's own drawn towards it.</summary>
    public required MarginRates Margin { get; init; }

    /// <summary>Cost to serve as a share of spend over the base; 0 where costs are unknown.</summary>
    public required double CostRate { get; init; }

    /// <summary>r of the gamma of purchase rates in the last 365 days.</summary>
    public required double PurchaseShape { get; init; }

    /// <summary>alpha of it, in days.</summary>
    public required double PurchaseDays { get; init; }

    /// <summary>Mean spend of a purchase day over customers.</summary>
    public required double OrderSpend { get; init; }

    /// <summary>Purchase days that <see cref="OrderSpend"/> weighs when a customer's own mean is drawn towards it.</summary>
    public required double OrderWeight { get; init; }

    /// <summary>Squared coefficient of variation of a customer's purchase days around their mean.</summary>
    public required double OrderVariation { get; init; }

    /// <summary>Mean of the customers' mean gaps; a year where nobody bought twice.</summary>
    public required double GapDays { get; init; }

    /// <summary>Mean of their mean squared gaps.</summary>
    public required double GapSquares { get; init; }

    private const double PriorPurchases = 3;
    private const double LargestShape = 1000;

    internal static BaseRates Learn(StrategyInput input)
    {
        double margin = 0, spend = 0, days = 0, cost = 0;
        for (int i = 0; i < input.Count; i++)
        {
            margin += input.Margin[i];
            spend += input.Spend[i];
            days += input.PurchaseDays[i];
            cost += input.CostToServe?[i] ?? 0;
        }
        (double shape, double scale) = PurchaseRates(input);
        (double order, double weight, double variation) = Orders(input);
        (double gap, double squares) = Gaps(input);
        return new BaseRates
        {
            Margin = new MarginRates(spend > 0 ? margin / spend : 0, days > 0 ? PriorPurchases * spend / days : 0, Known: true),
            CostRate = spend > 0 ? cost / spend : 0,
            PurchaseShape = shape,
            PurchaseDays = scale,
            OrderSpend = order,
            OrderWeight = weight,
            OrderVariation = variation,
            GapDays = gap,
            GapSquares = squares,
        };
    }

    /// <summary>Purchase days of the last 365 without the first.</summary>
    internal static double YearRepeats(StrategyInput input, int i) =>
        Math.Max(0, input.RecentPurchaseDays[^1][i] - (input.TenureDays[i] <= DaysIn.Year ? 1 : 0));

    /// <summary>Moments of the negative binomial with unequal exposure.</summary>
    private static (double Shape, double Scale) PurchaseRates(StrategyInput input)
    {
        double repeats = 0, exposure = 0;
        for (int i = 0; i < input.Count; i++)
        {
            repeats += YearRepeats(input, i);
            exposure += Math.Min(DaysIn.Year, input.TenureDays[i]);
        }
        double rate = exposure > 0 ? repeats / exposure : 0;
        if (rate <= 0)
            return (1, DaysIn.Year);
        double squares = 0, means = 0, meanSquares = 0;
        for (int i = 0; i < input.Count; i++)
        {
            double mean = rate * Math.Min(DaysIn.Year, input.TenureDays[i]), off = YearRepeats(input, i) - mean;
            squares += off * off;
            means += mean;
            meanSquares += mean * mean;
        }
        double shape = squares > means ? Math.Min(LargestShape, meanSquares / (squares - means)) : LargestShape;
        return (shape, shape / rate);
    }

    /// <summary>Mean spend of a purchase day, how much it varies within a customer and between customers (Buehlmann's credibility).</summary>
    private static (double Mean, double Weight, double Variation) Orders(StrategyInput input)
    {
        double sum = 0, sumSquares = 0, within = 0;
        int customers = 0, several = 0;
        double inverseDays = 0;
        for (int i = 0; i < input.Count; i++)
        {
            double n = input.PurchaseDays[i], mean = input.Spend[i] / n;
            if (!(mean > 0))
                continue;
            customers++;
            sum += mean;
            sumSquares += mean * mean;
            inverseDays += mean * mean / n;
            if (n < 2)
                continue;
            several++;
            within += Math.Max(0, input.SpendSquares[i] / n - mean * mean) * n / (n - 1) / (mean * mean);
        }
        if (customers == 0)
            return (0, 1, 1);
        double overall = sum / customers, variation = several > 0 ? within / several : 1;
        double between = sumSquares / customers - overall * overall - variation * inverseDays / customers;
        double weight = between > 0 ? Math.Clamp(variation * overall * overall / between, 0.05, 20) : 20;
        return (overall, weight, variation);
    }

    private static (double Mean, double Squares) Gaps(StrategyInput input)
    {
        double means = 0, squares = 0;
        int customers = 0;
        for (int i = 0; i < input.Count; i++)
        {
            double gaps = input.PurchaseDays[i] - 1;
            if (gaps < 1)
                continue;
            customers++;
            means += (input.TenureDays[i] - input.SinceLastDays[i]) / gaps;
            squares += input.GapSquares[i] / gaps;
        }
        return customers > 0 ? (means / customers, squares / customers) : (DaysIn.Year, DaysIn.Year * DaysIn.Year);
    }
}
