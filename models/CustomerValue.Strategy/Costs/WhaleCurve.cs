namespace CustomerValue.Strategy.Costs;

/// <summary>A point of the whale curve.</summary>
/// <param name="CustomerShare">Share of the customers, the most profitable first, 0 to 1.</param>
/// <param name="Profit">What they bring together.</param>
public readonly record struct WhalePoint(double CustomerShare, double Profit);

/// <summary>Cumulated profit by customer rank: it rises over those who earn, stays over those who do not matter and falls over those who cost.</summary>
/// <remarks>Kaplan and Narayanan (2001), Measuring and managing customer profitability, Journal of Cost Management 15(5).</remarks>
public sealed class WhaleCurve
{
    private readonly double[] _cumulated;

    private WhaleCurve(double[] cumulated, double peak, int earners, int below, double loss)
    {
        _cumulated = cumulated;
        Peak = peak;
        PeakShare = Count == 0 ? 0 : (double)earners / Count;
        BelowZero = below;
        Loss = loss;
    }

    /// <summary>Number of customers.</summary>
    public int Count => _cumulated.Length - 1;

    /// <summary>Profit of all customers.</summary>
    public double Total => _cumulated[^1];

    /// <summary>Profit of all customers above zero: the highest point.</summary>
    public double Peak { get; }

    /// <summary>Share of the customers at the highest point.</summary>
    public double PeakShare { get; }

    /// <summary>Customers below zero.</summary>
    public int BelowZero { get; }

    /// <summary>What they lose together, 0 or less.</summary>
    public double Loss { get; }

    /// <summary>The curve of profits by customer, in any order.</summary>
    /// <exception cref="ArgumentException">A profit is not a finite number.</exception>
    public static WhaleCurve Of(ReadOnlySpan<double> profits)
    {
        double[] sorted = profits.ToArray();
        if (Array.Exists(sorted, profit => !double.IsFinite(profit)))
            throw new ArgumentException("A profit is a finite number.", nameof(profits));
        Array.Sort(sorted);
        Array.Reverse(sorted);
        double[] cumulated = new double[sorted.Length + 1];
        double peak = 0, loss = 0;
        int earners = 0, below = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            cumulated[i + 1] = cumulated[i] + sorted[i];
            if (sorted[i] > 0)
                (peak, earners) = (cumulated[i + 1], earners + 1);
            else if (sorted[i] < 0)
                (loss, below) = (loss + sorted[i], below + 1);
        }
        return new WhaleCurve(cumulated, peak, earners, below, loss);
    }

    /// <summary>Profit of the most profitable share of the customers; a customer on the border counts by the part that lies inside.</summary>
    /// <param name="customerShare">0 to 1.</param>
    public double ProfitOfTop(double customerShare)
    {
        if (customerShare is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(customerShare), customerShare, "A share lies in [0, 1].");
        double rank = customerShare * Count;
        int whole = Math.Min((int)rank, Count);
        return whole == Count ? Total : _cumulated[whole] + ((rank - whole) * (_cumulated[whole + 1] - _cumulated[whole]));
    }

    /// <summary>Share of the profit that the most profitable share of the customers brings, above 1 where others lose; null where there is no profit.</summary>
    public double? ShareOfTop(double customerShare) => Total > 0 ? ProfitOfTop(customerShare) / Total : null;

    /// <summary>Points for drawing, equally spaced in the share of customers.</summary>
    /// <param name="intervals">Number of intervals, 1 or more.</param>
    public IReadOnlyList<WhalePoint> Points(int intervals = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervals);
        WhalePoint[] points = new WhalePoint[intervals + 1];
        for (int i = 0; i <= intervals; i++)
            points[i] = new WhalePoint((double)i / intervals, ProfitOfTop((double)i / intervals));
        return points;
    }
}
