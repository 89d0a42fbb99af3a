using CustomerValue.Data.Aggregates;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Intervals;

/// <summary>How irregular customers are: the mean of the squared coefficients of variation of their gaps and of their amounts; 1 as chance makes both, 0 for the same amount at even gaps.</summary>
/// <remarks>
/// Each is drawn towards 1 by ten purchases. Chance and drift show in both: a rate that moved would have made gaps uneven, so who kept even ones for long varies little from one horizon to the next either.
/// </remarks>
internal readonly ref struct Irregularity
{
    private const double PriorPurchases = 10;
    private readonly ReadOnlySpan<double> _x, _tx, _gapSquares, _total, _spendSquares;

    /// <summary>Of a population.</summary>
    public Irregularity(CustomerAggregates aggregates)
    {
        _x = aggregates.X;
        _tx = aggregates.Tx;
        _total = aggregates.TotalSpend;
        _gapSquares = aggregates.TryColumn("gap_squares_all");
        _spendSquares = aggregates.TryColumn("spend_squares_all");
    }

    /// <summary>Of each customer.</summary>
    public double[] All()
    {
        double[] all = new double[_x.Length];
        for (int row = 0; row < all.Length; row++)
            all[row] = Of(row);
        return all;
    }

    /// <summary>Of one customer; above 0.</summary>
    public double Of(int row) => (Gaps(row) + Amounts(row)) / 2;

    private double Gaps(int row) =>
        _gapSquares.Length > 0 && _x[row] > 0 && _tx[row] > 0 ? Coherence.GapVariation(_x[row], _tx[row], _gapSquares[row], PriorPurchases) : 1;

    private double Amounts(int row)
    {
        if (_spendSquares.Length == 0 || !(_total[row] > 0) || !(_x[row] > 0))
            return 1;
        double days = _x[row] + 1, mean = _total[row] / days, seen = _spendSquares[row] / mean / mean / days - 1;
        return double.IsFinite(seen) ? (Math.Max(seen, 0) * days + PriorPurchases) / (_x[row] + PriorPurchases) : 1;
    }
}
