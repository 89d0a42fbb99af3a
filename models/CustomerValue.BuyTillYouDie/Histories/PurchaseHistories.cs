namespace CustomerValue.BuyTillYouDie;

/// <summary>The purchase histories of many customers, checked, immutable and stored by column.</summary>
/// <remarks>A row may stand for several alike customers through its weight.</remarks>
public sealed class PurchaseHistories
{
    private readonly double[] _x;
    private readonly double[] _tx;
    private readonly double[] _age;
    private readonly double[]? _weights;
    private readonly double[]? _logIntervals;

    private PurchaseHistories(double[] x, double[] tx, double[] age, double[]? weights, double[]? logIntervals)
    {
        _x = x;
        _tx = tx;
        _age = age;
        _weights = weights;
        _logIntervals = logIntervals;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _x.Length;

    /// <summary>One row's history.</summary>
    /// <param name="row">Zero-based row.</param>
    public PurchaseHistory this[int row] => new(_x[row], _tx[row], _age[row]);

    /// <summary>Repeat purchases, by row.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>Recencies t_x, by row.</summary>
    public ReadOnlySpan<double> Tx => _tx;

    /// <summary>Ages T, by row.</summary>
    public ReadOnlySpan<double> T => _age;

    /// <summary>Weights, by row; empty when every row counts once.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Sum of the logarithms of the times between purchases, by row; empty when not known.</summary>
    /// <remarks>Only the regularity models (Erlang-k) use it, to tell one k from another.</remarks>
    public ReadOnlySpan<double> LogIntervals => _logIntervals;

    /// <summary>Sum of the weights: the customers that the rows stand for.</summary>
    public double TotalWeight => _weights is null ? Count : _weights.Sum();

    /// <summary>Builds the collection from columns of equal length; the spans are copied.</summary>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="tx">Recencies, in the unit of <paramref name="T"/>.</param>
    /// <param name="T">Ages.</param>
    /// <param name="weights">How many customers each row stands for, above 0; none means 1 each.</param>
    /// <exception cref="InvalidHistoryException">A row is impossible: negative or not finite, a fractional count, t_x above T, t_x above 0 without a repeat purchase, a weight not above 0; the message names the row.</exception>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static PurchaseHistories From(
        ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> T, ReadOnlySpan<double> weights = default) =>
        From(x, tx, T, weights, default);

    /// <summary>Builds the collection with what the regularity models want besides: the spacing of the purchases.</summary>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="tx">Recencies, in the unit of <paramref name="T"/>.</param>
    /// <param name="T">Ages.</param>
    /// <param name="weights">How many customers each row stands for, above 0; none means 1 each.</param>
    /// <param name="logIntervals">Sum over a customer's x times between purchases of their natural logarithm (in the same unit); 0 for x = 0; none when not known.</param>
    /// <exception cref="InvalidHistoryException">A row is impossible; the message names it.</exception>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static PurchaseHistories From(
        ReadOnlySpan<double> x, ReadOnlySpan<double> tx, ReadOnlySpan<double> T, ReadOnlySpan<double> weights, ReadOnlySpan<double> logIntervals)
    {
        RequireLength(tx.Length, x.Length, "t_x");
        RequireLength(T.Length, x.Length, "T");
        if (!weights.IsEmpty) RequireLength(weights.Length, x.Length, "weights");
        if (!logIntervals.IsEmpty) RequireLength(logIntervals.Length, x.Length, "log intervals");
        for (int i = 0; i < x.Length; i++)
        {
            string? fault = new PurchaseHistory(x[i], tx[i], T[i]).Fault();
            if (fault is null && !weights.IsEmpty && !(weights[i] > 0 && double.IsFinite(weights[i])))
                fault = FormattableString.Invariant($"weight = {weights[i]}; a weight is a finite number above 0");
            if (fault is null && !logIntervals.IsEmpty && !double.IsFinite(logIntervals[i]))
                fault = FormattableString.Invariant($"a sum of log intervals of {logIntervals[i]}; no two purchases may fall on the same moment (merge them)");
            if (fault is not null) throw new InvalidHistoryException($"Row {i} has {fault}.", i);
        }
        return new PurchaseHistories(x.ToArray(), tx.ToArray(), T.ToArray(),
            weights.IsEmpty ? null : weights.ToArray(), logIntervals.IsEmpty ? null : logIntervals.ToArray());
    }

    private static void RequireLength(int found, int expected, string column)
    {
        if (found != expected)
            throw new ArgumentException($"Column {column} has {found} rows and column x has {expected}; columns are of equal length.");
    }
}
